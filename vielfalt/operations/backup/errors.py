class BackupError(Exception):
    """Why something cannot be saved or restored, in a sentence for the people who run the portal."""
