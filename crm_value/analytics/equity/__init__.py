"""What keeping customers, and all of them, is worth."""
