"""What serving a customer took."""
