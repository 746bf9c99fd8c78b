"""The pages that tell how the text became what it is: revisions, blocks, and any two compared."""
