"""Each guard of the browser tests fires: a guard that cannot fail guards nothing."""

import pytest

from tests.browser.assertions import assert_accessible, assert_fits


def findings(guard):
    """Return what the guard found and let the test pass in spite of it."""
    with pytest.raises(AssertionError) as raised:
        guard.check()
    return str(raised.value)


def test_request_to_another_host(page, guard):
    with page.expect_event("requestfailed"):
        page.set_content('<img src="https://elsewhere.example/picture.png" alt="">')
    assert "request to another host: GET https://elsewhere.example/picture.png" in findings(guard)


def test_console_error(page, guard):
    page.evaluate("console.error('something broke')")
    assert "console error: something broke" in findings(guard)


def test_script_error(page, guard):
    with page.expect_event("pageerror"):
        page.set_content("<script>undefinedFunction()</script>")
    assert "script error: undefinedFunction is not defined" in findings(guard)


def test_content_security_policy(visit, guard):
    page = visit("/verwaltung/login/")
    page.evaluate("document.body.setAttribute('onclick', 'alert(1)'); document.body.click()")
    assert "console error" in findings(guard)


def test_server_error(visit, guard, portal):
    page = visit()
    page.route("**/broken/", lambda route: route.fulfill(status=500, body="broken"))
    page.goto("/broken/")
    assert f"HTTP 500: {portal.address}/broken/" in findings(guard)


def test_missing_file(visit, guard, portal):
    page = visit("/verwaltung/login/")
    page.evaluate("fetch('/static/no-such-file.css')")
    with page.expect_event("console"):
        page.evaluate("fetch('/static/no-such-file.js')")
    assert "404" in findings(guard)


def test_expected_failure_is_none(visit):
    visit("/no-such-page/", status=404)


def test_inaccessible_page(page):
    page.set_content("<html><head><title>x</title></head><body><main><img src='data:,'></main></body></html>")
    with pytest.raises(AssertionError) as raised:
        assert_accessible(page)
    assert "image-alt: ['img']" in str(raised.value)
    assert "html-has-lang" in str(raised.value)


@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
def test_colours_that_cannot_be_told_apart(visit, scheme, other):
    """One of many paragraphs is black on black, in the scheme the page is opened in or in the other one."""
    for bad in (scheme, other):
        page = visit(scheme=scheme)
        page.set_content(f"""<html lang="de"><head><title>Seite</title><style>
            body {{ color: black; background: white }}
            @media (prefers-color-scheme: {bad}) {{ .box {{ background: #222 }} }}
        </style></head><body><main>
            <h1>Seite</h1> <p>Text</p> <div class="box"><p id="it">Text</p></div> <p>Text</p>
        </main></body></html>""")
        with pytest.raises(AssertionError, match=r"finds 1 problems(.|\n)*color-contrast: \['#it'\]"):
            assert_accessible(page)


def test_page_that_is_too_wide(visit):
    page = visit(width=320)
    page.set_content("<div class='wide' style='width: 400px'>wide</div>")
    with pytest.raises(AssertionError, match=r"scrolls sideways.*div\.wide"):
        assert_fits(page)
