"""``manage.py backup`` and ``manage.py restore``: all of an installation in one file.

The file is a ZIP archive: a dump of the database as ``pg_dump`` writes it, the media, and a manifest with the checksum
of each part. See docs/adr/0019.
"""
