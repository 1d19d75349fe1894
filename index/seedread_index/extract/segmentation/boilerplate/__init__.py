"""What is no part of an article: its words, its shapes, its way of address; footers and comments."""
