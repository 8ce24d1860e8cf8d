"""From figures to scores, classes and quadrants."""
