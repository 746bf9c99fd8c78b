"""The pages on which the staff decide a round passage by passage, rehearse it and conclude it."""
