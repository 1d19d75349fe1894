"""What the user keeps: the commands that keep it in the browse screen, and the screen that lists it."""
