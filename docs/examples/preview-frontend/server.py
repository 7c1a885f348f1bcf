"""A frontend that shows live pages and drafts with the same code: `python3 server.py http://127.0.0.1:8000 3000`.

Start Formidle with FORMIDLE_PREVIEW_URL='http://127.0.0.1:3000/preview?token={token}'.
"""

import json
import sys
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import parse_qs, quote, urlencode, urljoin, urlsplit
from urllib.request import urlopen

API = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


def ask(path):
    """(status, JSON) of the API."""
    try:
        with urlopen(API + path) as answer:  # noqa: S310 - the address is ours
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def block(each):
    value = each["value"]
    match each["type"]:  # one that we do not know becomes nothing
        case "heading":
            return f"<h{value['level']}>{escape(value['text'])}</h{value['level']}>"
        case "paragraph":
            return value["html"]  # its links lead to drafts by themselves
        case "image":
            return f'<img src="{escape(urljoin(API, value["src"]))}" alt="{escape(value["alt"])}">'
    return ""


class Frontend(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urlsplit(self.path)
        draft = url.path == "/preview"
        if draft:
            token = parse_qs(url.query).get("token", [""])[0]
            status, document = ask(f"/api/v1/preview/{quote(token, safe='')}/")
        else:
            status, found = ask(f"/api/v1/resolve/?{urlencode({'path': url.path})}")
            document = found.get("document", found)
        html = f"<!doctype html><title>{escape(document['title'])}</title><h1>{escape(document['title'])}</h1>"
        html += "<p>Draft</p>" if draft and status == 200 else ""
        html += "".join(map(block, document.get("body", [])))
        self.send_response(status)  # 403 and 410 of a preview are ours too: never the live page instead
        for name, value in {"Content-Type": "text/html; charset=utf-8", **(PRIVATE if draft else {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(html.encode())


ThreadingHTTPServer(("127.0.0.1", PORT), Frontend).serve_forever()
