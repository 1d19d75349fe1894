"""The diff of frames: from what the terminal shows to what Textual draws, in the fewest bytes.

`parser` draws Textual's output into a `frame`, `encoder` writes the difference between two frames with the
help of `scrolling`, `styles` and `widths`, `screen` holds both frames, and `output` is the thread that
sends. The driver imports `screen` and `output`; widgets ask `widths` how many cells a grapheme may take.
"""
