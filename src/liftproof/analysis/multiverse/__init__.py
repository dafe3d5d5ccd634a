"""The multiverse of extractions: every combination of defensible choices, pooled."""
