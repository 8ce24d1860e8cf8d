"""Credit grade of customers, and how it did on the past."""
