"""Watches what the browser does on behalf of a page, and fails the test for what no page may do."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

SERVER_ERROR = 500


class Guard:
    """Collects console errors, script errors, server errors and requests to other hosts."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.findings: list[str] = []
        self.expected: set[str] = set()
        self.contexts: list[BrowserContext] = []

    def watch(self, context: BrowserContext) -> None:
        """Watch every page of ``context`` from now on."""
        context.on("console", self._console)
        context.on("weberror", self._weberror)
        context.on("request", self._request)
        context.on("response", self._response)
        self.contexts.append(context)

    def expect_failure(self, url: str) -> None:
        """Let the browser's console tell that ``url`` answered with an error: the test wants it."""
        self.expected.add(url)

    def check(self) -> None:
        """Raise if a page did what no page may do; each finding is told once."""
        for context in self.contexts:
            for page in context.pages:
                page.title()  # a round trip, so that all that was reported before has arrived
        findings, self.findings = self.findings, []
        assert not findings, "\n".join(["The page did what no page may do:", *findings])

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        url = message.location["url"]
        # The browser asks for this one by itself, once, where a page names no icon.
        if url.endswith("/favicon.ico"):
            return
        if url in self.expected and message.text.startswith("Failed to load resource"):
            return
        self.findings.append(f"- console error: {message.text} ({url})")

    def _weberror(self, error: WebError) -> None:
        self.findings.append(f"- script error: {error.error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self.host:
            self.findings.append(f"- request to another host: {request.method} {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= SERVER_ERROR:
            self.findings.append(f"- HTTP {response.status}: {response.url}")
