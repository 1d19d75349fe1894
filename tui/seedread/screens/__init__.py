"""The screens, and the bases that they share.

`command_screen` runs commands by keys and names, `panel` is a screen of rows on top of it. `browse` is the
main screen, `entities`, `library` and `desk` are folders of others; the rest are one to a module. Only the
application imports screens and opens them; a screen requests another one by a message of `requests`, which
`screen_of` answers. `global_commands`, `corrections` and `export` have commands that several screens share.
"""
