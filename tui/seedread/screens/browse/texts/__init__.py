"""The words around the panes of the browse screen: header, status line, notices and advice for beginners."""
