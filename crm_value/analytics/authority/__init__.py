"""What a customer is really given off a price."""
