"""Migrant organisations in spreadsheets, which are the staff's.

``organisations`` describes them to ``vielfalt.listings.spreadsheets``, which does the rest. What an
organisation keeps from the public leaves the centre only in internal columns; see ``exporting``.
"""
