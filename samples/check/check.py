"""Builds and starts each sample receiver, and calls it as the hub, a forger and a broken network would.

    python3 samples/check/check.py [node] [python] [java] [php] [go]
"""

import base64
import concurrent.futures
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

SAMPLES = pathlib.Path(__file__).resolve().parent.parent
VENV = SAMPLES / "python/.venv/bin/python"
ORDER = json.loads((SAMPLES / "payloads/order.created.json").read_text())
MIB = 1024 * 1024
SIX_MINUTES = 360

# name: how it is made ready, how it is started; the port stands for {port}. The slowest first: two at a time.
RECEIVERS = {
    "java": (["mvn -B -ntp -q package"], "java -jar target/receiver.jar"),
    "go": (["go build -o target/receiver ."], "target/receiver"),
    "node": (["npm ci --ignore-scripts --prefer-offline --no-audit --no-fund"], "node server.mjs"),
    "python": (
        [
            "python3 -m venv .venv",
            ".venv/bin/pip install -q --disable-pip-version-check -r requirements.txt -r ../check/requirements.txt",
        ],
        ".venv/bin/python app.py",
    ),
    "php": ([], "php -S 127.0.0.1:{port} index.php"),
}


def new_secret():
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret, webhook_id, timestamp, body):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{webhook_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()


def order(**changes):
    """The body of an order of its own, as bytes, spaced as the hub never would: the bytes are what counts."""
    event = ORDER | {"order_id": secrets.randbelow(2**40), "event_id": "evt_" + secrets.token_hex(8)} | changes
    return json.dumps(event, ensure_ascii=False, separators=(",", ": ")).encode()


class Receiver:
    """One sample while it runs, what it was sent, and what was wrong."""

    def __init__(self, name, directory):
        self.name = name
        self.secret = new_secret()
        self.database = f"{directory}/{name}.db"
        self.log = open(f"{directory}/{name}.log", "w+")
        self.accepted = set()
        self.faults = []
        self.checks = 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            RECEIVERS[name][1].format(port=self.port).split(),
            cwd=SAMPLES / name,
            env=os.environ
            | {"WEBHOOK_SECRET": self.secret, "PORT": str(self.port), "DATABASE": self.database},
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self):
        deadline = time.monotonic() + 120
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
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

    def post(self, body, headers, chunked=False):
        """The status, or 0 where the receiver hung up."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            given = {name: value for name, value in headers.items() if value is not None}
            content = iter([body]) if chunked else body
            connection.request("POST", "/webhooks", content, given, encode_chunked=chunked)
            return connection.getresponse().status
        except (ConnectionError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def call(self, body, webhook_id=None, sent=None, secret=None, at=0, chunked=False, **headers):
        """Signs `body` and sends it, or sends `sent` in its place; a header that is given replaces ours."""
        webhook_id = webhook_id or "msg_" + secrets.token_hex(12)
        timestamp = headers.get("webhook_timestamp") or str(int(time.time()) + at)
        ours = {
            "Content-Type": "application/json",
            "User-Agent": "ComptAppart-Webhook/1.0",
            "webhook-id": webhook_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(secret or self.secret, webhook_id, timestamp, body),
        }
        if chunked:
            ours["Transfer-Encoding"] = "chunked"
        ours |= {name.replace("_", "-"): value for name, value in headers.items()}
        status = self.post(body if sent is None else sent, ours, chunked)
        if 200 <= status < 300:
            self.accepted.add(webhook_id)
        return status

    def expect(self, what, status, *wanted):
        self.checks += 1
        if status not in wanted:
            one_of = f"{wanted[0]} to {wanted[-1]}" if len(wanted) > 9 else " or ".join(map(str, wanted))
            self.faults.append(f"{what}: {status}, not {one_of}")

    def accepts(self, what, status):
        self.expect(what, status, *range(200, 300))

    def refuses(self, what, status):
        self.expect(what, status, 401)

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


def what_the_hub_sends(r):
    first = order(order_id=156)
    r.accepts("an order", r.call(first, "msg_first"))
    r.accepts("the same again, later", r.call(first, "msg_first", at=30))
    r.keeps("an order that came twice", [(1,)], "select count(*) from orders where order_id = 156")
    once = order()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for status in pool.map(lambda _: r.call(once, "msg_at_once"), range(8)):
            r.accepts("the same eight times at once", status)
    r.accepts("an unknown type", r.call(order(event_type="order.exploded", order_id=157), "msg_unknown"))
    r.keeps("an order of an unknown type", [], "select order_id from orders where order_id = 157")
    r.accepts("a ping", r.call(b'{"event_type":"ping","event_id":"evt_ping_1","timestamp":"2026-11-23T14:32:18Z"}'))
    email = "zoé.🏡@exämple.fr"
    spoken = order(order_id=158, customer=ORDER["customer"] | {"email": email, "first_name": "Zoë €  日本\u2028"})
    r.accepts("accents and emoji", r.call(spoken))
    r.keeps("accents and emoji", [(email,)], "select email from orders where order_id = 158")
    r.accepts("200 KB", r.call(order(note="é" * 100_000)))


def what_a_rotation_sends(r):
    body = order()
    foreign = signature(new_secret(), "msg_r", str(int(time.time())), body)
    asymmetric = "v1a," + base64.b64encode(secrets.token_bytes(64)).decode()
    for place in range(3):
        webhook_id, timestamp = f"msg_rotation_{place}", str(int(time.time()))
        header = [foreign, asymmetric]
        header.insert(place, signature(r.secret, webhook_id, timestamp, body))
        r.accepts(
            f"ours as signature {place + 1} of 3",
            r.call(body, webhook_id, webhook_timestamp=timestamp, webhook_signature=" ".join(header)),
        )
    r.refuses("none of ours", r.call(body, webhook_signature=f"{foreign} {asymmetric}"))


def what_a_forger_sends(r):
    body = order(order_id=666)
    r.refuses("another secret", r.call(body, secret=new_secret()))
    for place in (0, len(body) // 2, len(body) - 1):
        altered = bytearray(body)
        altered[place] ^= 1
        r.refuses(f"byte {place} altered", r.call(body, sent=bytes(altered)))
    r.refuses("a byte more", r.call(body, sent=body + b" "))
    r.refuses("nothing in place of the body", r.call(body, sent=b""))
    r.refuses("bytes that are no UTF-8", r.call(body, sent=b"\xff\xfe" + body))
    r.refuses("the same JSON, written again", r.call(body, sent=json.dumps(json.loads(body)).encode()))
    r.refuses("six minutes old", r.call(body, at=-SIX_MINUTES))
    r.refuses("six minutes ahead", r.call(body, at=SIX_MINUTES))
    now = str(int(time.time()))
    r.refuses(
        "an old call with a new time",
        r.call(body, "msg_old", webhook_timestamp=now, webhook_signature=signature(r.secret, "msg_old", "1700000000", body)),
    )
    r.refuses(
        "another call's signature",
        r.call(body, "msg_mine", webhook_timestamp=now, webhook_signature=signature(r.secret, "msg_yours", now, body)),
    )
    for header in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        r.refuses(f"no {header}", r.call(body, **{header: None}))
        r.refuses(f"an empty {header}", r.call(body, **{header: ""}))
    for text in ("v1", "v1,", ",", ",,,", "v1,%%%", "v1,=", "v1,é", "v1a,AAAA", "v1,AAAA v1", " ", "null"):
        r.refuses(f"signature {text!r}", r.call(body, webhook_signature=text))
    timestamp = str(int(time.time()))
    bare = signature(r.secret, "msg_v", timestamp, body)
    for version in ("v0", "v2", "V1", "v1a"):
        forged = bare.replace("v1", version, 1)
        r.refuses(f"version {version}", r.call(body, "msg_v", webhook_timestamp=timestamp, webhook_signature=forged))
    for text in ("abc", "NaN", "inf", "-1", "0", "1e99", "9" * 30, "9223372036854775807", "٣", "17 00"):
        latin = text.encode().decode("latin-1")
        r.refuses(f"time {text!r}", r.call(body, webhook_timestamp=latin))
    r.keeps("an order of a forger", [], "select order_id from orders where order_id = 666")


def what_goes_wrong(r):
    long = order(note="x" * 2 * MIB)
    r.expect("2 MiB", r.call(long), 413, 0)
    r.expect("2 MiB of unknown length", r.call(long, chunked=True), 413, 401, 400, 411, 0)
    # Our own fault must not be a 2xx: the call comes again, and finds the work undone.
    broken = order(order_id=159, invoice={"number": ""})
    r.expect("work that fails", r.call(broken, "msg_again"), 500)
    r.keeps("work that failed", [], "select webhook_id from received where webhook_id = 'msg_again'")
    r.accepts("it comes again", r.call(order(order_id=159), "msg_again"))
    r.keeps("it came again", [(159,)], "select order_id from orders where order_id = 159")
    for body in (b"not json", b"null", b"[]", b'"text"', b"", b"\xff"):
        status = r.call(body, "msg_odd")
        r.expect(f"signed, but {body!r}", status, *range(400, 600))
    connection = socket.create_connection(("127.0.0.1", r.port))
    connection.sendall(b"POST /webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
    connection.close()


def still_lives(r):
    r.accepts("an order after all that", r.call(order()))
    ids = sorted(row[0] for row in r.kept("select webhook_id from received"))
    r.checks += 1
    if ids != sorted(r.accepted):
        r.faults.append(f"kept {ids}, accepted {sorted(r.accepted)}")
    if r.process.poll() is not None:
        r.faults.append("it ended")


def check(name):
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as directory, Receiver(name, directory) as receiver:
        for part in (what_the_hub_sends, what_a_rotation_sends, what_a_forger_sends, what_goes_wrong, still_lives):
            part(receiver)
        print(f"{name}: {receiver.checks} checks, {len(receiver.faults)} faults, {time.monotonic() - start:.1f} s", flush=True)
        for fault in receiver.faults:
            print(f"  {name}, {fault}")
        if receiver.faults:
            print(receiver.output())
        return not receiver.faults


def prepare(name):
    for command in RECEIVERS[name][0]:
        start = time.monotonic()
        done = subprocess.run(command.split(), cwd=SAMPLES / name, stdout=subprocess.DEVNULL)
        print(f"{name}: {command.split(' -')[0]}, {time.monotonic() - start:.1f} s", flush=True)
        if done.returncode != 0:
            print(f"{name}: FAILED: {command}", flush=True)
            return False
    return True


def vectors(name):
    """The golden signatures, by the public library of that language (PHP: the sample's own lines)."""
    readers = {"node": ["node"], "python": [str(VENV)], "php": ["php"]}
    if name not in readers:
        return True
    script = {"node": "vectors.mjs", "python": "vectors.py", "php": "vectors.php"}[name]
    return subprocess.run([*readers[name], str(SAMPLES / "check" / script)]).returncode == 0


def main():
    names = sys.argv[1:] or list(RECEIVERS)
    for name in names:
        program = RECEIVERS[name][0][0].split()[0] if RECEIVERS[name][0] else name
        if shutil.which(program) is None:
            raise SystemExit(f"{name}: there is no {program} here")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        good = list(pool.map(lambda name: prepare(name) and vectors(name) and check(name), names))
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
