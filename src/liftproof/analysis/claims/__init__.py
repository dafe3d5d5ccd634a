"""The claims ledger: what each published sentence would need, and what the trials hold of it."""
