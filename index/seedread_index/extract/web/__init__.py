"""Web pages: the main text, and what metadata, linked data and markup say of the article; from `page` on."""
