"""What several capabilities use: intervals, ranks, months, slopes, survival."""
