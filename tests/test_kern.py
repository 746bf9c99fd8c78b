"""Of KERN's style sheet the portal ships what it uses, and that is all it needs."""

import re

import pytest

from vielfalt.development import kern

SOURCES = (("templates", "*.html"), ("static/portal", "*.js"), ("vielfalt", "*.py"), ("leitfaden", "*.py"))


def test_every_class_on_a_page_is_shipped():
    files = [path for folder, names in SOURCES for path in (kern.ROOT / folder).rglob(names)]
    text = "".join(path.read_text() for path in files if path != kern.ROOT / "vielfalt/development/kern.py")
    names = set(re.findall(r"\bkern-[a-z]+(?:[-_]+[a-z]+)*", text))
    assert {"kern-btn", "kern-form-check__checkbox"} <= names
    assert {name for name in names if not kern.uses(name)} == set()


@pytest.mark.parametrize(
    ("css", "written"),
    [
        (".kern-btn--x:hover,.kern-card>a{a:b}", ".kern-btn--x:hover{a:b;}"),
        (".kern-card .kern-btn{a:b}", ""),
        (".kern-btn:not(.kern-card){a:b}", ".kern-btn:not(.kern-card){a:b;}"),
        (":is(body,.kern-dark):not([x]){a:b}", ":is(body,.kern-dark):not([x]){a:b;}"),
        (".kern-icon--danger{a:b}.kern-icon--cat{a:b}", ".kern-icon--danger{a:b;}"),
        ("@media print{.kern-btn{a:b}.kern-card{a:b}}", "@media print{.kern-btn{a:b;}}"),
        ("@media print{.kern-card{a:b}}", ""),
        ("@keyframes turn{to{a:b}}", ""),
        ("p{--a:1;--b:var(--a);c:var(--b, 2)}q{--d:var(--d)}", "p{--a:1;--b:var(--a);c:var(--b, 2);}"),
    ],
)
def test_reduced(css, written):
    assert kern.reduced(css) == written


def test_what_is_not_understood_is_no_style():
    with pytest.raises(ValueError, match="EOF"):
        kern.reduced("p{a:b}q")
