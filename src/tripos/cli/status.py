"""Exit statuses: what a verb tells the shell."""

FINE = 0
FOUND = 1  # problems were found
WRONG_USE = 2
OTHERWISE = 3  # nothing was decided
STOPPED = 130  # by the keyboard, as shells have it
