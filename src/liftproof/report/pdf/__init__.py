"""The PDF of a review: blocks made from the view models of its page, set by one typst template."""
