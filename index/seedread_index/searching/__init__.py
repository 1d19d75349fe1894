"""From a query to results, completions and snippets."""
