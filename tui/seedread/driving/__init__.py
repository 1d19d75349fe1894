"""The parts of the driver: what Textual wants shown, what the terminal shows, and the way between them."""
