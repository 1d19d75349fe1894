"""Files that hold many articles: JSON and JSON Lines, feeds, tables, XML, notes, web archives, exports."""
