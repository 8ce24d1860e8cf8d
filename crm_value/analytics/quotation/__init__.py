"""What a customer buys again and again."""
