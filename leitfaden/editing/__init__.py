"""The pages on which the staff writes the text: block by block, against what each person saw."""
