"""The data that the bench measures on: always the same, made up, and like real entries in shape and size."""
