"""A round on paper, for workshops."""
