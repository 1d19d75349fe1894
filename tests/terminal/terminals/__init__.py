"""What stands in for a terminal in tests."""
