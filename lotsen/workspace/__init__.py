"""The pages on which carriers keep their entry true ("Mein Bereich")."""
