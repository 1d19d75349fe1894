"""The user's own files: settings, session state, query history, recent archives.

Everything is readable by the user alone and replaced in one step. For the app, the screens and the command
line; knows no widget, and of the archive only its identifier, its settings and its errors.
"""
