"""Draws frames with the fewest bytes: what Textual wants shown, what the terminal shows, the way between."""
