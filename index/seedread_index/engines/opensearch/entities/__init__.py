"""The entities of a shared archive: how they are stored, listed, counted and shown, and corrected.

An entity is a document with the names that are of it (`document`); articles hold the names. `store` lists
and counts (`listing` is what is asked for), `cards` says what a card shows, `mentions` where articles name
and quote whom. `overlay` is what the reader's own corrections make of some of them.
"""
