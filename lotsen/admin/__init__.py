"""The admin of the carrier network."""

from lotsen.admin import carriers, figures, programmes, vocabularies

__all__ = ["carriers", "figures", "programmes", "vocabularies"]
