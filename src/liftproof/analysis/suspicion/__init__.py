"""Numbers of a review that are rarely right: warnings that need its effects or its pools."""
