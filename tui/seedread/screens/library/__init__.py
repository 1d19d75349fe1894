"""What the user keeps: `keeping` has the commands of the browse screen, `library_screen` lists it.

`passages` marks kept passages in the open article. The library itself is `library` of the index package.
"""
