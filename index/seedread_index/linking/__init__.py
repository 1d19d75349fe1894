"""From mentions to entities across the archive, and the user's corrections of them as a plain file.

`keys` makes keys of names, `clustering` groups them, `corrections` reads and writes the user's file.
The catalogue stores what comes of it (`catalogue.entities`), sync runs it.
"""
