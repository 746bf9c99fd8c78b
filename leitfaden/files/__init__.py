"""Editions as files: built once from the same book, the same to the byte whenever and wherever they are built."""
