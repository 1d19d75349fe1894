"""Help with a query: completion, did you mean, and why there is little or nothing."""
