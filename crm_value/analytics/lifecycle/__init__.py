"""The stage of each customer, replayed from its purchases."""
