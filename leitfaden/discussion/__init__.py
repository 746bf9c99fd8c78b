"""The pages on which people talk about passages, and the mails that tell whom somebody has mentioned."""
