"""The pages with which the staff conduct rounds: prepare, review, enter on behalf of carriers."""
