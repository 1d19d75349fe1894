"""What there is to read, and what changed since the last sync.

`walk` goes through the folders and leaves out what is no article, `plan` compares it with the catalogue.
`companions` knows folders that belong to a saved page, `metadata_tables` tables beside the texts.
"""
