"""What indexers do for a shared archive: publish their articles, and link the names of all of them."""
