"""Words and numbers that all pages share."""
