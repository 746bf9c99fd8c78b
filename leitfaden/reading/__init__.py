"""Editions as readers meet them: a book of pages, its search, and how passages are cited.

The stored text stays as it is; notes, explained terms and links between pages are made when a page is
rendered (``rendering``).
"""
