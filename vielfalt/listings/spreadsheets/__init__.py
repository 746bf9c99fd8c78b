"""Entries as spreadsheets (CSV and XLSX), in and out, the same way for every kind of entry.

A domain says in one ``Spreadsheet`` which columns there are, how the rows of one entry become a
plan, how a plan is written and how an entry becomes rows. The way in: ``reading`` turns a file into
rows of text or refuses it, ``checking`` compares all rows with the database and makes a plan or a
list of mistakes, ``importing`` writes the plan. The way out: ``exporting``.
"""
