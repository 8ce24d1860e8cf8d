"""Who is in which tier, and what is missing to the next."""
