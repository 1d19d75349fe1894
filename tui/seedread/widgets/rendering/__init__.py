"""What widgets draw with: cells, wrapping, painting, symbols."""
