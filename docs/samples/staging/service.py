#!/usr/bin/env python3
"""A small service to try staging on: users, a registry of services, and neighbours.

    service.py --port 8080 --token-file token          all is well
    service.py --port 8080 --token-file token --break C9a --break A4

What --break names is the check of suite.yml that notices. Listens on loopback, with
--port 0 on a port that is free, and prints its address.
"""

import argparse
import http.server
import json

USERS = [{"name": "ann", "role": "owner"}, {"name": "bob", "role": "reader"}]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    token = ""
    broken = frozenset()

    def answer(self, status, document, headers=()):
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def is_broken(self, check):
        return check in self.broken

    def may_see_users(self):
        return self.headers.get("Authorization") == "Bearer " + self.token

    def health(self):
        status = "degraded" if self.is_broken("A1") else "ok"
        version = "unknown" if self.is_broken("A2") else "1.4.2"
        self.answer(200, {"status": status}, [("X-Service-Version", version)])

    def users(self):
        if not self.may_see_users() and not self.is_broken("A3"):
            return self.answer(401, {"error": "who are you?"})
        users = USERS[:1] if self.is_broken("A4") else USERS
        return self.answer(200, {"users": users})

    def new_user(self, body):
        if not self.may_see_users():
            return self.answer(401, {"error": "who are you?"})
        name = "" if self.is_broken("A5") else json.loads(body)["name"]
        return self.answer(201, {"name": name, "role": "reader"}, [("Location", "/users/" + name)])

    def registry(self):
        services = [{"name": "users"}, {"name": "registry"}]
        if self.is_broken("B4"):
            services.append({"name": "production-billing"})
        tenants = {"staging": {"queue": 0}}
        if self.is_broken("B5"):
            tenants["production"] = {"queue": 4711}
        self.answer(200, {"services": services, "tenants": tenants})

    def metrics(self):
        errors = 3 if self.is_broken("B6") else 0
        body = f"# staging\nrequests_total 12\nerrors_total {errors}\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def neighbour(self, check, name, more):
        if self.is_broken(check):
            return self.answer(503, {"error": name + " does not answer"})
        return self.answer(200, {"neighbour": name, **more})

    def do_GET(self):
        pages = {
            "/health": self.health,
            "/users": self.users,
            "/registry": self.registry,
            "/metrics": self.metrics,
            "/neighbours/mail": lambda: self.neighbour("C7", "mail", {"accepts": True}),
            "/neighbours/search": lambda: self.neighbour("C8", "search", {"documents": 2}),
            "/neighbours/sandbox": lambda: self.neighbour("C9a", "sandbox", {"branch": "staging"}),
            "/neighbours/quota": lambda: self.neighbour("C9b", "quota", {"left": 10}),
        }
        page = pages.get(self.path)
        return page() if page else self.answer(404, {"error": "no such page"})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        return self.new_user(body) if self.path == "/users" else self.answer(404, {})

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--token-file", required=True, help="what callers have to know")
    parser.add_argument("--break", action="append", default=[], dest="broken", metavar="CHECK")
    options = parser.parse_args()
    with open(options.token_file, encoding="utf-8") as file:
        Handler.token = file.read().strip()
    Handler.broken = frozenset(options.broken)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
