"""Published sentences and their verdicts."""
