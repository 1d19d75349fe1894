"""Requests to a server: credentials, requests and their answers, and what each failure means.

`connection` sends requests, `access` has the credentials, `refusals` puts what went wrong into words.
"""
