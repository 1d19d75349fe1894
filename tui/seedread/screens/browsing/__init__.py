"""What the browse screen's commands do, one module for each kind."""
