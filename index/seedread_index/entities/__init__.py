"""From articles to mentions and from mentions to entities."""
