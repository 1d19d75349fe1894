"""Files that hold many articles as records: JSON and JSON Lines."""
