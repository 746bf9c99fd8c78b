"""The admin of migrant organisations."""

from migrantenorgs.admin import organisations, vocabularies

__all__ = ["organisations", "vocabularies"]
