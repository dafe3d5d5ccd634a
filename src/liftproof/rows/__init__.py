"""Every column of the tables below ``results/``, one class a file."""
