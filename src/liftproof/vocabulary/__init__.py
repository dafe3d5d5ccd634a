"""What names mean: measures, methods, and which fit which."""
