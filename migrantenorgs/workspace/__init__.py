"""What members of migrant organisations can do in "Mein Bereich"."""
