"""Entities on the screen: the list, the card, who is mentioned with whom, and corrections.

Only the application imports the screens.
"""
