"""Receivers with one fault each: the calls must find every one, and nothing wrong with the one that has none."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time

import calls
import ed25519
from receivers import Partners, new_secret, signed_bytes

MOST_BYTES = 1024 * 1024

# What each gets wrong, and by which of the calls it must be found.
FAULTS = {
    "": None,
    "takes everything": "another secret",
    "takes old calls": "six minutes old",
    "takes calls of the future": "six minutes ahead",
    "verifies text": "ff in place of U+FFFD",
    "verifies what it read and wrote again": "an order",
    "looks at the first signature": "ours as signature 2 of 3",
    "looks at no version": "version v2",
    "leaves the id out": "an order",
    "knows no scheme but v1": "v1a alone",
    "takes the public key for a secret": "v1 with the public key for a secret",
    "refuses unknown types": "an unknown type",
    "refuses by 500": "another secret",
}


class Mutant(http.server.BaseHTTPRequestHandler):
    """Honest but for the fault that its server has."""

    def do_POST(self):
        length = self.headers.get("Content-Length")
        if length is None or int(length) > MOST_BYTES:
            self.close_connection = True
            return self.answer(413)
        body = self.rfile.read(int(length))
        fault = self.server.fault
        if not self.is_signed(body, fault):
            return self.answer(500 if fault == "refuses by 500" else 401)
        try:
            kind = json.loads(body)["event_type"]
        except (ValueError, TypeError, KeyError):
            return self.answer(500)
        return self.answer(400 if fault == "refuses unknown types" and kind == "order.exploded" else 204)

    def is_signed(self, body, fault):
        if fault == "takes everything":
            return True
        webhook_id, timestamp = self.headers.get("webhook-id"), self.headers.get("webhook-timestamp")
        if not webhook_id or not timestamp or not timestamp.isascii() or not timestamp.isdigit():
            return False
        age = time.time() - int(timestamp)
        if age > 300 and fault != "takes old calls" or age < -300 and fault != "takes calls of the future":
            return False
        signed_id = "" if fault == "leaves the id out" else webhook_id
        signed = signed_bytes(signed_id, timestamp, self.read(body, fault))
        given = (self.headers.get("webhook-signature") or "").split(" ")
        if fault == "looks at the first signature":
            given = given[:1]
        if fault == "looks at no version":
            given = ["v1," + each.partition(",")[2] for each in given]
        return not set(given).isdisjoint(self.expected(signed, fault))

    def read(self, body, fault):
        if fault == "verifies text":
            return body.decode(errors="replace").encode()
        if fault == "verifies what it read and wrote again":
            try:
                return json.dumps(json.loads(body)).encode()
            except ValueError:
                return body
        return body

    def expected(self, signed, fault):
        expected = [mac(self.server.secret, signed)]
        if fault == "takes the public key for a secret":
            expected.append(mac(calls.PUBLIC_KEY, signed))
        if fault != "knows no scheme but v1":
            expected.append(calls.v1a(ed25519.sign(calls.SEED, signed)))
        return expected

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def mac(secret, signed):
    key = base64.b64decode(secret.partition("_")[2])
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def faults(fault):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mutant)
    server.fault, server.secret = fault, new_secret()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        receiver = Partners(fault, f"http://127.0.0.1:{server.server_port}/", server.secret)
        for part in calls.ALL:
            part(receiver)
        calls.what_a_public_key_adds(receiver, calls.PUBLIC_KEY)
        return receiver.faults
    finally:
        server.shutdown()
        server.server_close()


def golden():
    """Ed25519 signs the same twice: the published signatures are what ours must be."""
    for vector in calls.VECTORS:
        signed = signed_bytes(vector["id"], vector["timestamp"], vector["payload"].encode())
        for each in vector["signature"].split(" "):
            if each.startswith("v1a,") and each != calls.v1a(ed25519.sign(calls.SEED, signed)):
                print(f"mutants: the v1a signature of vector {vector['name']} is not ours")
                return False
    return True


def check():
    good = golden()
    for fault, sign in FAULTS.items():
        found = faults(fault)
        if fault and not any(each.startswith(sign + ":") for each in found):
            print(f"mutants: the one that {fault} is not found out by {sign!r}: {found}")
            good = False
        if not fault and found:
            print(f"mutants: the honest one is accused: {found}")
            good = False
    print(f"mutants: {len(FAULTS) - 1} faults {'found' if good else 'NOT all found'}", flush=True)
    return good
