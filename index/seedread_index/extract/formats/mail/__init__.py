"""Mail: messages and mailboxes, and the text of a letter without its boilerplate."""
