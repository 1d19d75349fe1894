"""What needs stored articles: enrichment, near-duplicates, boilerplate, the model, linking, corrections."""
