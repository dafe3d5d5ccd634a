"""What changed: trials that were added, and what each addition did."""
