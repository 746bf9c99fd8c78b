"""Rounds in which carriers change the Leitfaden together: propose, discuss, take positions, decide."""
