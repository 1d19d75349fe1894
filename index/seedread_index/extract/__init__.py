"""From bytes to articles; for now the segmentation of a text that is already decoded and cleaned."""
