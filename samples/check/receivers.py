"""Receivers while they are checked: ours, which run here with a database of theirs, and a partner's, by its URL."""

import base64
import hashlib
import hmac
import http.client
import os
import pathlib
import secrets
import socket
import sqlite3
import subprocess
import time
import urllib.parse

SAMPLES = pathlib.Path(__file__).resolve().parent.parent


def new_secret():
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def new_id():
    return "msg_" + secrets.token_hex(12)


def now(at=0):
    return str(int(time.time()) + at)


def signed_bytes(webhook_id, timestamp, body):
    return f"{webhook_id}.{timestamp}.".encode() + body


def signature(secret, webhook_id, timestamp, body):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, signed_bytes(webhook_id, timestamp, body), hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()


class Receiver:
    """What a receiver was sent, and what was wrong."""

    # What refuses a call: nobody who signs right is told so.
    refusals = (401,)
    # Seconds, for machines that do much else.
    time_limit = 20
    # More than it wants to read: said, or hung up.
    too_long = (413, 0)
    # What the hub would never sign.
    odd = tuple(range(400, 600))
    # An answer to one of several equal calls at once that has it come again later.
    later = ()

    def __init__(self, name, url, secret, **headers):
        self.name = name
        self.url = urllib.parse.urlsplit(url)
        self.secret = secret
        self.headers = headers
        self.accepted = set()
        self.faults = []
        self.checks = 0
        self.skipped = []
        self.bad_requests = 0

    def connection(self):
        kind = http.client.HTTPSConnection if self.url.scheme == "https" else http.client.HTTPConnection
        return kind(self.url.hostname, self.url.port, timeout=self.time_limit)

    def path(self):
        return (self.url.path or "/") + ("?" + self.url.query if self.url.query else "")

    def post(self, body, headers, chunked=False):
        """The status, or 0 where the receiver hung up."""
        connection = self.connection()
        try:
            given = {name: value for name, value in headers.items() if value is not None}
            content = iter([body]) if chunked else body
            connection.request("POST", self.path(), content, given, encode_chunked=chunked)
            return connection.getresponse().status
        except socket.timeout:
            self.faults.append(f"no answer in {self.time_limit} s")
            return 0
        except (ConnectionError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def call(self, body, webhook_id=None, sent=None, secret=None, at=0, chunked=False, **headers):
        """Signs `body` and sends it, or sends `sent` in its place; a header that is given replaces ours."""
        webhook_id = webhook_id or new_id()
        timestamp = headers.get("webhook_timestamp") or now(at)
        ours = {
            "Content-Type": "application/json",
            "User-Agent": "ComptAppart-Webhook/1.0",
            "webhook-id": webhook_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(secret or self.secret, webhook_id, timestamp, body),
        }
        if chunked:
            ours["Transfer-Encoding"] = "chunked"
        ours |= {name.replace("_", "-"): value for name, value in (self.headers | headers).items()}
        status = self.post(body if sent is None else sent, ours, chunked)
        if 200 <= status < 300:
            self.accepted.add(webhook_id)
        return status

    def hang_up(self):
        """Sends half a call, and goes."""
        connection = self.connection()
        connection.putrequest("POST", self.path())
        connection.putheader("Content-Length", "100")
        connection.endheaders(b"half")
        connection.close()

    def expect(self, what, status, *wanted):
        self.checks += 1
        if status not in wanted:
            one_of = f"{wanted[0]} to {wanted[-1]}" if len(wanted) > 9 else " or ".join(map(str, wanted))
            self.faults.append(f"{what}: {status or 'hung up'}, not {one_of}")

    def accepts(self, what, status):
        self.expect(what, status, *range(200, 300))

    def accepts_once(self, what, statuses):
        """Equal calls at once: one is taken, and none is refused for good."""
        for status in statuses:
            self.checks += 1
            if not 200 <= status < 300 and status not in self.later:
                self.faults.append(f"{what}: {status or 'hung up'}, after which it would not be sent again")
        self.checks += 1
        if not any(200 <= status < 300 for status in statuses):
            self.faults.append(f"{what}: none was taken")

    def refuses(self, what, status):
        self.expect(what, status, *self.refusals)
        self.bad_requests += status == 400


class Sample(Receiver):
    """One of ours, started here: what it does with a call is in its database."""

    def __init__(self, name, command, directory):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        super().__init__(name, f"http://127.0.0.1:{port}/webhooks", new_secret())
        self.database = f"{directory}/{name}.db"
        self.log = open(f"{directory}/{name}.log", "w+")
        self.process = subprocess.Popen(
            command.format(port=port).split(),
            cwd=SAMPLES / name,
            env=os.environ | {"WEBHOOK_SECRET": self.secret, "PORT": str(port), "DATABASE": self.database},
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self):
        deadline = time.monotonic() + 120
        while True:
            try:
                socket.create_connection((self.url.hostname, self.url.port), 1).close()
                return self
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    raise SystemExit(f"{self.name} did not start:\n{self.output()}")
                time.sleep(0.1)

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def output(self):
        self.log.seek(0)
        return self.log.read()[-4000:]

    def kept(self, query, *values):
        database = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)
        try:
            return database.execute(query, values).fetchall()
        finally:
            database.close()

    def keeps(self, what, expected, query, *values):
        self.checks += 1
        found = self.kept(query, *values)
        if found != expected:
            self.faults.append(f"{what}: {found}, not {expected}")

    def fails_and_forgets(self, broken, mended):
        """Our own fault must not be a 2xx: the call comes again, and finds the work undone."""
        again = new_id()
        self.expect("work that fails", self.call(broken, again), 500)
        self.keeps("work that failed", [], "select webhook_id from received where webhook_id = ?", again)
        self.accepts("it comes again", self.call(mended, again))

    def kept_all(self):
        ids = sorted(row[0] for row in self.kept("select webhook_id from received"))
        self.checks += 1
        if ids != sorted(self.accepted):
            self.faults.append(f"kept {ids}, accepted {sorted(self.accepted)}")
        if self.process.poll() is not None:
            self.faults.append("it ended")


class Partners(Receiver):
    """Any other, of which only the answers are seen."""

    refusals = (400, 401)
    # The hub's, unless the endpoint has another.
    time_limit = 10
    too_long = (413, 0, *range(200, 300), 400, 401)
    odd = tuple(range(200, 600))
    later = (408, 409, 425, 429, *range(500, 600))

    def keeps(self, what, *_):
        self.skipped.append(what)

    def fails_and_forgets(self, *_):
        self.skipped.append("work that fails is answered 500, and done when it comes again")

    def kept_all(self):
        self.skipped.append("each call that was taken is kept once")
