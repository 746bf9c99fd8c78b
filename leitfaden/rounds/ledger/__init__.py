"""What came of rounds in an edition, for everybody: who achieved what, and what is new."""
