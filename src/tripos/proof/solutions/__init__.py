"""Solution sets: equations, inequalities and intervals, compared by where they hold."""
