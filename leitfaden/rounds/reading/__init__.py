"""Pages on which everybody follows a round, and carriers say how they stand to proposals."""
