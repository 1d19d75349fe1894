"""Exports of newspaper databases, chats and notes: many articles in one file, in the form of each program."""
