"""A second directory for tests, made of the shared parts alone, that offers a layer of the map.

Its entries are the published carriers, so that it needs no tables of its own.
"""
