"""What must hold on every page."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(320, "dark"), (1280, "light")]
"""How pages are opened: narrow and wide. What is in them, axe reads in the colours of both schemes each time."""

NARROW = {"width": 320, "scheme": "dark"}
"""How ``visit`` opens a page that ``look`` then sees in both ways."""

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@cache
def _axe() -> str:
    return AXE.read_text()


COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe whose answer depends on the colour scheme."""

LOOKS_OF_TEXT = """() => {
    const grounds = new Map([[null, ""]]);
    const ground = (element) => {
        if (!grounds.has(element)) {
            const style = getComputedStyle(element);
            const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.mixBlendMode,
                style.position, style.clipPath].join();
            const below = ground(element.parentElement);
            grounds.set(element, own === "rgba(0, 0, 0, 0),none,1,none,normal,static,none" ? below : own + below);
        }
        return grounds.get(element);
    };
    const look = (element) => {
        const style = getComputedStyle(element);
        return [style.color, style.fontSize, style.fontWeight, style.textShadow, style.textDecorationLine,
            element.matches("a") && getComputedStyle(element.parentElement).color,
            element.matches(":disabled, [aria-disabled=true]"), ground(element)].join();
    };
    const hasText = (element) => element.matches("input, select, textarea")
        || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const isVisible = (element) => element.checkVisibility({opacityProperty: true, visibilityProperty: true});
    const texts = [...document.body.querySelectorAll("*")].filter((one) => hasText(one) && isVisible(one));
    return [...new Map(texts.map((element) => [look(element), element])).values()];
}"""
"""One element for each look that text has on the page: its colour, its size and whatever lies behind it."""


def assert_accessible(page: Page, *, best_practice: bool = True) -> None:
    """Fail with rule, element and help for everything axe finds; other people's pages may do without best practice.

    Colours are looked at in both schemes: everywhere in the one the page was opened in, and in the other one once
    for each look that text has, which takes a fraction of the time.
    """
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found = _violations(page, "tag", [*WCAG, "best-practice"] if best_practice else WCAG)
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    _paint(page, "light" if is_dark else "dark")
    found += _violations(page, "rule", COLOURS, LOOKS_OF_TEXT)
    _paint(page, "dark" if is_dark else "light")
    lines = [
        f"- {violation['id']}: {node['target']} – {violation['help']} ({violation['helpUrl'].split('?')[0]})"
        for violation in found
        for node in violation["nodes"]
    ]
    assert not lines, "\n".join([f"axe finds {len(lines)} problems on {page.url}:", *lines])


def _paint(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Show the page in the other colours at once: what fades over (in Django's admin) is no colour to be judged."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate("""async () => {
        await new Promise(requestAnimationFrame);
        for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
    }""")


def _violations(page: Page, kind: str, rules: Sequence[str], elements: str = "() => [document]") -> list[Any]:
    # Preloading copies style sheets into inline ones, which the pages' Content Security Policy refuses aloud;
    # only two rules use it (autoplaying sound, orientation lock by CSS), and the portal has neither.
    return page.evaluate(
        f"""([type, values]) => axe.run({{include: ({elements})()}}, {{
            runOnly: {{type, values}}, resultTypes: ['violations'], preload: false,
        }}).then(result => result.violations)""",
        [kind, list(rules)],
    )


def look(page: Page, *, best_practice: bool = True) -> None:
    """Fail if the page, as somebody made it by now, has problems that axe finds or scrolls sideways, in both looks."""
    before = page.viewport_size
    assert before
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": before["height"]})
        _paint(page, scheme)
        assert_accessible(page, best_practice=best_practice)
        assert_fits(page)
    page.set_viewport_size(before)


def assert_fits(page: Page) -> None:
    """Fail if the page has to be scrolled sideways, and name the elements that stick out."""
    page.wait_for_load_state()
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
