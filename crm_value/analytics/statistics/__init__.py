"""Statistics that several capabilities use: intervals, ranks, months, survival."""
