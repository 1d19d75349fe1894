"""From mentions to entities across the archive, and the user's corrections of them as a plain file.

`keys` makes keys of names, `link` groups them. Pure: the catalogue stores what comes of it
(`catalogue.entities`), sync runs it.
"""
