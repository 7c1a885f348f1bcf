from django.db import migrations, models


def _way(model_name: str, related_name: str) -> migrations.AddField:
    field = models.ForeignObject(
        from_fields=["site_id"],
        on_delete=models.DO_NOTHING,
        related_name=related_name,
        to="publishing.publishedsite",
        to_fields=["id"],
    )
    return migrations.AddField(model_name, "site", field)


class Migration(migrations.Migration):
    """For queries alone: no column, no constraint."""

    dependencies = [
        ("publishing", "0006_consumers_that_prepare"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[_way("document", "documents"), _way("route", "routes")]),
    ]
