"""Asking a server: who enters it and how, requests and their answers, and what each failure means.

`connection` asks, `access` says with what a server is entered, `refusals` puts what went wrong into words.
"""
