"""Where prices stand beside each other."""
