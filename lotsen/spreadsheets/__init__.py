"""Carriers with their programmes as spreadsheets (CSV and XLSX), in and out.

The way in: ``reading`` turns a file into rows of text or refuses it, ``checking`` compares all
rows with the database and makes a plan or a list of mistakes, and ``lotsen.actions`` writes the
plan. The way out: ``exporting``. What a column means stands in ``docs/handbuch/redaktion.md``.
"""
