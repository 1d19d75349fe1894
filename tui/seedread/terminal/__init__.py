"""The terminal below Textual: driver, signals, keyboard, clipboard, the picture before Textual is there."""
