"""Migrant organisations, the centre's second strand. Never imports lotsen or leitfaden."""
