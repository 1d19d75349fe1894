"""Every command of the reader as one table, with its keys, and the order in which typed keys are served."""
