"""From bytes to articles: decoding, cleaning, layout and the formats."""
