"""Lists of rows of equal height, drawn line by line."""
