"""A plan towards a goal: what a play is expected to bring, and which are chosen."""
