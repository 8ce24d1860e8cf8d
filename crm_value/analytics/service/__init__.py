"""Service facts from tickets."""
