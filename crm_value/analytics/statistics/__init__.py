"""What every sample needs: intervals, ranks, months, survival."""
