from collections.abc import Iterable

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cms.plugins import checks
from cms.plugins.contract import Problem


def _soundness() -> Iterable[Problem]:
    from cms.content.kinds import soundness  # imports models, which are not there yet

    return soundness.problems()


checks.further.append(_soundness)


class ContentConfig(AppConfig):
    name = "cms.content"
    label = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        from wagtail.contrib.redirects.models import Redirect
        from wagtail.documents import get_document_model
        from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

        from cms.content.models import ContentImage, SiteSettings, Topic
        from cms.content.watch import watch

        watch(ContentImage, lambda image: [f"image:{image.pk}", f"renditions:{image.pk}"])
        watch(get_document_model(), lambda document: [f"document:{document.pk}"])
        watch(Topic, lambda topic: [f"topic:{topic.pk}"])
        watch(Collection, lambda collection: [f"collection:{collection.pk}"])
        watch(CollectionViewRestriction, lambda restriction: [f"collection:{restriction.collection_id}"])
        watch(PageViewRestriction, lambda restriction: [f"subtree:{restriction.page_id}"])
        watch(Site, lambda site: [f"site:{site.pk}", "all:"])
        watch(SiteSettings, lambda settings: [f"site:{settings.site_id}"])
        watch(Redirect, lambda redirect: [f"redirect:{redirect.pk}"])
