"""The portal of the Kompetenzzentrum Vielfalt Hessen: the project and what its three domains share."""
