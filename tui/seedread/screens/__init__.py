"""The screens, one a module, and the base that they share.

Only the application imports screens and opens them; a screen requests another one by a message of `requests`.
"""
