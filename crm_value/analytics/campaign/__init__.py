"""Campaigns: who is held out, what a campaign brings, and whether it pays."""
