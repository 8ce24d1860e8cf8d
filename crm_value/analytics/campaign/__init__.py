"""Campaigns with customers held out: who is drawn, and what the campaign brought."""
