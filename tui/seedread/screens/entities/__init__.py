"""Entities on the screen: `list_screen`, `card_screen`, and who is mentioned with whom.

`ticked_list` is the base of lists in which names are ticked, `rows` makes rows and `navigation` the way from
an entity to its articles; the commands that correct entities are in `screens.corrections`. Only the
application imports the screens.
"""
