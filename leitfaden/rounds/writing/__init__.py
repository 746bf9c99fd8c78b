"""The pages on which carriers propose: from a passage to a draft they share, to a proposal that is submitted."""
