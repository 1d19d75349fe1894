"""What stands above an article: headline, date, byline, labelled lines, and the source that it names."""
