"""Exit statuses: what a verb tells the shell."""

FINE = 0
FOUND = 1  # problems were found
WRONG_USE = 2
STOPPED = 130  # by the keyboard, as shells have it
