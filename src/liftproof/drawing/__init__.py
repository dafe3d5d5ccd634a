"""What all figures share: the style, the typeface, widths of texts, saving."""
