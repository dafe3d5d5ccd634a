"""Former place of :mod:`liftproof.pages`, for scripts written before the drawings moved."""
