"""One object, one number: what the finished files of a review print, held against its tables."""
