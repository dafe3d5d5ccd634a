"""Effects that are not independent: several from one study, or measured against one control arm."""
