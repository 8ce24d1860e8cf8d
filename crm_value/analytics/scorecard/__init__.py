"""The balanced scorecard: scores of measures, and arrows of its map that are tested."""
