"""What stands above an article: headline, date, byline, labelled lines."""
