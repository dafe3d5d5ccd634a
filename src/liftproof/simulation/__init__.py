"""A coverage study of the methods: a grid of truths, cut into chunks that a run can keep."""
