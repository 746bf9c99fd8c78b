"""Migrant organisations, the centre's second strand. Reserved: never imports lotsen or leitfaden."""
