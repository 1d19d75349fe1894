"""Names in languages other than English: by evidence, because no model reads them."""
