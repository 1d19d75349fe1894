"""From mentions to entities across the archive, and the user's corrections as a plain file.

`keys` makes keys of names, `within_article` and `clustering` group them. `corrections_file` reads and writes
the user's file (`article_corrections` its corrections of articles); corrections of entities are applied by
`sync.passes.correct_entities` to an archive here, and by `name_sets` to one on a server. The catalogue stores
what comes of it (`catalogue.entities`), sync runs it.
"""
