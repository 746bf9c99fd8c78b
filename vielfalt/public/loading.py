"""The first version of the portal's own texts."""

from vielfalt.public.models import TEXTS, Page


def load_pages() -> int:
    """Create the pages that are missing from the files in ``texts``; return how many. Existing ones stay as they are.

    A file's first line is the title ("# Impressum"), the rest the text.
    """
    present = set(Page.objects.values_list("slug", flat=True))
    missing = [path for path in sorted(TEXTS.glob("*.md")) if path.stem not in present]
    for path in missing:
        title, text = path.read_text(encoding="utf-8").split("\n", 1)
        Page.objects.create(slug=path.stem, title=title.removeprefix("# ").strip(), text=text.strip())
    return len(missing)
