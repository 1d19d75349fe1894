"""What the user keeps and sets: settings, history, session state, and which archives were opened."""
