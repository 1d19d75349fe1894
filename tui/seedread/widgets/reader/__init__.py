"""The reader: one article as wrapped lines, with its matches and names marked.

An article becomes a `Document` (sections of `blocks`), a `Layout` wraps it to a width, `TextPane` shows the
lines and scrolls, `highlights` finds what to mark and what to jump to, and `Reader` is the widget of it all.
Screens import `Reader`, and from `document` what they quote or count.
"""
