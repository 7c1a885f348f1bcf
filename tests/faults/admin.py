"""Wagtail's admin over HTTP, as an editor's browser uses it."""

from __future__ import annotations

import http.client
import re
import urllib.parse

from tests.integration.publishing.installation import wait_until

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Admin:
    """``session``: the key of a session that is logged in."""

    def __init__(self, server: str, session: str) -> None:
        self.server = server
        self._host = urllib.parse.urlsplit(server).netloc
        self._cookies = {"sessionid": session}
        wait_until(self._answers)

    def unpublish(self, page: int) -> int | None:
        """Status of the answer; None when the server died over it."""
        return self._post(f"/admin/pages/{page}/unpublish/", {})

    def _post(self, path: str, fields: dict[str, str]) -> int | None:
        form = self._request("GET", path)[1]
        token = TOKEN.search(form)
        assert token, form[:2000]
        try:
            return self._request("POST", path, {"csrfmiddlewaretoken": token[1], **fields})[0]
        except (http.client.HTTPException, OSError):
            return None

    def _answers(self) -> bool:
        try:
            return self._request("GET", "/healthz/")[0] == 200
        except (http.client.HTTPException, OSError):
            return False

    def _request(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self._host, timeout=60)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection.request(method, path, urllib.parse.urlencode(fields) if fields else None, headers)
            response = connection.getresponse()
            body = response.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return response.status, body
