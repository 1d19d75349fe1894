"""Standard output, standard error and the progress bar, safe for any terminal and quiet in a pipe."""
