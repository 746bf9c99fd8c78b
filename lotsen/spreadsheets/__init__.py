"""What is special about carriers in spreadsheets: programmes, areas, availability, figures of a year.

``carriers`` describes them to ``vielfalt.listings.spreadsheets``, which does the rest. What a column
means stands in ``docs/handbuch/redaktion.md``.
"""
