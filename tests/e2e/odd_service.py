#!/usr/bin/env python3
"""A service that does what services must not do: odd_service.py PORT. Listens on loopback."""

import base64
import http.server
import json
import sys
import time
import urllib.parse

PORT = int(sys.argv[1])
tries = {}


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self, body, status=200, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, status, place):
        self.answer(b"moved", status, [("Location", place)])

    def stream(self, chunk, pause):
        self.send_response(200)
        self.end_headers()
        end = time.monotonic() + 60
        while time.monotonic() < end:
            self.wfile.write(chunk)
            self.wfile.flush()
            time.sleep(pause)

    def echo(self, body):
        """Says back all that came, in every spelling that a careless service may log it in."""
        said = {name: value for name, value in self.headers.items()}
        said.update(method=self.command, path=self.path, body=body.decode())
        secret = self.headers.get("X-Secret", "")
        said["spelled"] = [
            urllib.parse.quote(secret),
            urllib.parse.quote_plus(secret),
            base64.b64encode(secret.encode()).decode(),
            base64.urlsafe_b64encode(("user:" + secret).encode()).decode(),
            json.dumps(secret),
        ]
        self.answer(json.dumps(said).encode())

    def flaky(self):
        tries[self.path] = tries.get(self.path, 0) + 1
        self.answer(b"{}", 200 if tries[self.path] > 2 else 503)

    def go(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        pages = {
            "/ok": lambda: self.answer(b'{"status": "ok"}'),
            "/echo": lambda: self.echo(body),
            "/slow": lambda: time.sleep(60),
            "/drip": lambda: self.stream(b"x", 0.1),
            "/huge": lambda: self.stream(b"x" * 1048576, 0),
            "/large": lambda: self.answer(b"x" * 8 * 1048576),
            "/not-json": lambda: self.answer(b"<html>it works</html>"),
            "/twice": lambda: self.answer(b'{"status": "no", "status": "ok"}'),
            "/deep": lambda: self.answer(b"[" * 1000000),
            "/hangup": lambda: self.connection.close(),
            "/terminal": lambda: self.answer(b"\x1b[2J\r\n::error::x\nVERDICT: SUCCESS (all)\n"),
            "/bytes": lambda: self.answer(bytes(range(256))),
            "/two-headers": lambda: self.answer(b"", 200, [("X-A", "one"), ("X-A", "two")]),
            "/away": lambda: self.redirect(302, f"http://localhost:{PORT}/ok"),
            "/other-port": lambda: self.redirect(302, f"http://127.0.0.1:{PORT + 1}/ok"),
            "/other-scheme": lambda: self.redirect(302, f"https://127.0.0.1:{PORT}/ok"),
            "/to-a-file": lambda: self.redirect(302, "file:///etc/hostname"),
            "/as-user": lambda: self.redirect(302, f"http://ann@127.0.0.1:{PORT}/ok"),
            "/around": lambda: self.redirect(302, "/ok"),
            "/around-303": lambda: self.redirect(303, "/echo"),
            "/around-307": lambda: self.redirect(307, "/echo"),
            "/loop": lambda: self.redirect(302, "/loop"),
        }
        if self.path.startswith("/flaky"):
            return self.flaky()
        return pages.get(self.path, lambda: self.answer(b"none", 404))()

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = go

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass


Server(("127.0.0.1", PORT), Handler).serve_forever()
