"""What a new customer is likely to bring, by those like it who came before."""
