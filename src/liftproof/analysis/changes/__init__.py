"""What additions and edits of data do to estimates, conclusions, verdicts and claims."""
