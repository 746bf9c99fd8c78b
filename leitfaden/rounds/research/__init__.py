"""What the scientific partner gets: exports under pseudonyms, and codes of its own."""
