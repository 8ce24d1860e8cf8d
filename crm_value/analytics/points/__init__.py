"""Points of loyalty, lot by lot."""
