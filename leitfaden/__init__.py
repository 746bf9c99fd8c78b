"""The co-authored Leitfaden and the Methodenkoffer. Reserved: never imports lotsen or migrantenorgs."""
