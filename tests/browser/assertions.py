"""What must hold on every page."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@cache
def _axe() -> str:
    return AXE.read_text()


def assert_accessible(page: Page, *, best_practice: bool = True) -> None:
    """Fail with rule, element and help for everything axe finds; other people's pages may do without best practice."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    # Preloading copies style sheets into inline ones, which the pages' Content Security Policy refuses aloud;
    # only two rules use it (autoplaying sound, orientation lock by CSS), and the portal has neither.
    found = page.evaluate(
        """tags => axe.run(document, {
            runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false,
        }).then(result => result.violations)""",
        [*WCAG, "best-practice"] if best_practice else WCAG,
    )
    lines = [
        f"- {violation['id']}: {node['target']} – {violation['help']} ({violation['helpUrl'].split('?')[0]})"
        for violation in found
        for node in violation["nodes"]
    ]
    assert not lines, "\n".join([f"axe finds {len(lines)} problems on {page.url}:", *lines])


def assert_fits(page: Page) -> None:
    """Fail if the page has to be scrolled sideways, and name the elements that stick out."""
    wide = page.evaluate("""() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        return [...document.querySelectorAll('body *')]
            .filter(element => element.getBoundingClientRect().right > width + 1)
            .slice(0, 8)
            .map(element => element.tagName.toLowerCase() + (element.className ? '.' + element.className : ''))
            .concat('the page as a whole');
    }""")
    assert not wide, f"{page.url} scrolls sideways at {page.viewport_size}: {', '.join(wide)}"
