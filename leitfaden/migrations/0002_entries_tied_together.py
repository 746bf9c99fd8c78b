from django.db import migrations

TIED = """
ALTER TABLE leitfaden_entry
    ADD CONSTRAINT entry_version_of_its_block FOREIGN KEY (version_id, block_id)
        REFERENCES leitfaden_blockversion (id, block_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT entry_parent_in_its_revision FOREIGN KEY (revision_id, parent_id)
        REFERENCES leitfaden_entry (revision_id, block_id) DEFERRABLE INITIALLY DEFERRED;
"""
UNTIED = """
ALTER TABLE leitfaden_entry
    DROP CONSTRAINT entry_version_of_its_block, DROP CONSTRAINT entry_parent_in_its_revision;
"""


class Migration(migrations.Migration):
    """An entry's version is one of its block, and its parent stands in the same revision."""

    dependencies = [("leitfaden", "0001_initial")]
    operations = [migrations.RunSQL(TIED, UNTIED)]
