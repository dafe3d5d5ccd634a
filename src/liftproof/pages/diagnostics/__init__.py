"""What stands behind each pooled estimate."""
