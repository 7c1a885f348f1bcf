"""PostgreSQL keeps what is sent uncompressed, or compressed by us: it would unpack a detail for every request."""

from django.db import migrations

COLUMNS = (
    ("publishing_document", "detail"),
    ("publishing_body", "detail"),
    ("publishing_body", "resolved"),
)


def keep(storage):
    def change(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for table, column in COLUMNS:
                schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE {storage}")

    return change


class Migration(migrations.Migration):
    dependencies = [("publishing", "0007_ways_to_the_site")]

    operations = [migrations.RunPython(keep("EXTERNAL"), keep("EXTENDED"))]
