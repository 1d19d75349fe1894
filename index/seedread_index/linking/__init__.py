"""From mentions to entities across the archive, and the user's corrections as a plain file.

`keys` makes keys of names, `clustering` groups them, `corrections_file` reads and writes the user's file
(`article_corrections` what in it is of articles).
The catalogue stores what comes of it (`catalogue.entities`), sync runs it.
"""
