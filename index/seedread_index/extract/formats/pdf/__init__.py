"""PDF files: letters to lines, lines to paragraphs, what recurs on pages apart, and the headline."""
