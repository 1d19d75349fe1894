"""Exports of newspaper databases: many articles in one text, told apart by the forms of each database."""
