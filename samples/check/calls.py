"""The calls that a receiver is checked with."""

import base64
import concurrent.futures
import json
import secrets

import ed25519
from receivers import SAMPLES, new_id, new_secret, now, signature, signed_bytes

PAYLOADS = [json.loads(file.read_text()) for file in sorted((SAMPLES / "payloads").glob("*.json"))]
ORDER = next(payload for payload in PAYLOADS if payload["event_type"] == "order.created")
VECTORS = json.loads((SAMPLES / "vectors/webhook-signatures.json").read_text())
ASYMMETRIC = next(vector for vector in VECTORS if vector["version"] == "v1a")
PUBLIC_KEY = ASYMMETRIC["public"]
# The private key is published as well: it signs nothing but what is tried out.
SEED = base64.b64decode(ASYMMETRIC["secrets"][0].removeprefix("whsk_"))[:32]
MIB = 1024 * 1024
SIX_MINUTES = 360


def v1a(signature_bytes):
    return "v1a," + base64.b64encode(signature_bytes).decode()


def new_number():
    return secrets.randbelow(2**40)


def order(**changes):
    """The body of an order of its own, as bytes, spaced as the hub never would: the bytes are what counts."""
    event = ORDER | {"order_id": new_number(), "event_id": "evt_" + secrets.token_hex(8)} | changes
    return json.dumps(event, ensure_ascii=False, separators=(",", ": ")).encode()


def published(payload):
    """A published body, of an order of its own where it is of one."""
    number = {"order_id": new_number()} if payload.get("order_id") else {}
    return json.dumps(payload | number | {"event_id": "evt_" + secrets.token_hex(8)}, ensure_ascii=False).encode()


def what_the_hub_sends(r):
    number, webhook_id = new_number(), new_id()
    first = order(order_id=number)
    r.accepts("an order", r.call(first, webhook_id))
    r.accepts("the same again, later", r.call(first, webhook_id, at=30))
    r.keeps("an order that came twice is worked once", [(1,)], "select count(*) from orders where order_id = ?", number)
    once, webhook_id = order(), new_id()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        r.accepts_once("the same eight times at once", list(pool.map(lambda _: r.call(once, webhook_id), range(8))))
    for payload in PAYLOADS:
        r.accepts(payload["event_type"], r.call(published(payload)))
    number = new_number()
    r.accepts("an unknown type", r.call(order(event_type="order.exploded", order_id=number)))
    r.keeps("an order of an unknown type is none", [], "select order_id from orders where order_id = ?", number)
    number, email = new_number(), "zoé.🏡@exämple.fr"
    spoken = order(order_id=number, customer=ORDER["customer"] | {"email": email, "first_name": "Zoë €  日本\u2028"})
    r.accepts("accents and emoji", r.call(spoken))
    r.keeps("accents and emoji are kept", [(email,)], "select email from orders where order_id = ?", number)
    r.accepts("an unknown field, and 200 KB", r.call(order(note="é" * 100_000)))


def what_a_rotation_sends(r):
    body = order()
    foreign = signature(new_secret(), new_id(), now(), body)
    asymmetric = v1a(secrets.token_bytes(64))
    for place in range(3):
        webhook_id, timestamp = new_id(), now()
        header = [foreign, asymmetric]
        header.insert(place, signature(r.secret, webhook_id, timestamp, body))
        r.accepts(
            f"ours as signature {place + 1} of 3",
            r.call(body, webhook_id, webhook_timestamp=timestamp, webhook_signature=" ".join(header)),
        )
    r.refuses("none of ours", r.call(body, webhook_signature=f"{foreign} {asymmetric}"))


def what_a_forger_sends(r):
    number = new_number()
    body = order(order_id=number)
    r.refuses("another secret", r.call(body, secret=new_secret()))
    for place in (0, len(body) // 2, len(body) - 1):
        altered = bytearray(body)
        altered[place] ^= 1
        r.refuses(f"byte {place} altered", r.call(body, sent=bytes(altered)))
    r.refuses("a byte more", r.call(body, sent=body + b" "))
    r.refuses("a byte order mark before it", r.call(body, sent="\ufeff".encode() + body))
    r.refuses("nothing in place of the body", r.call(body, sent=b""))
    r.refuses("bytes that are no UTF-8", r.call(body, sent=b"\xff\xfe" + body))
    # Whoever verifies text reads each of these as the U+FFFD that was signed.
    replaced = order(order_id=number, customer=ORDER["customer"] | {"first_name": "Zo\ufffd"})
    for other in (b"\xff", b"\xc3", b"\xe2\x82"):
        sent = replaced.replace("\ufffd".encode(), other)
        r.refuses(f"{other.hex()} in place of U+FFFD", r.call(replaced, sent=sent))
    r.refuses("the same JSON, written again", r.call(body, sent=json.dumps(json.loads(body)).encode()))
    r.refuses("six minutes old", r.call(body, at=-SIX_MINUTES))
    r.refuses("six minutes ahead", r.call(body, at=SIX_MINUTES))
    mine, yours = new_id(), new_id()
    r.refuses(
        "an old call with a new time",
        r.call(body, mine, webhook_timestamp=now(), webhook_signature=signature(r.secret, mine, "1700000000", body)),
    )
    timestamp = now()
    r.refuses(
        "another call's signature",
        r.call(body, mine, webhook_timestamp=timestamp, webhook_signature=signature(r.secret, yours, timestamp, body)),
    )
    what_headers_a_forger_sends(r, body)
    r.keeps("an order of a forger is none", [], "select order_id from orders where order_id = ?", number)


def what_headers_a_forger_sends(r, body):
    for header in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        r.refuses(f"no {header}", r.call(body, **{header: None}))
        r.refuses(f"an empty {header}", r.call(body, **{header: ""}))
    for text in ("v1", "v1,", ",", ",,,", "v1,%%%", "v1,=", "v1,é", "v1a,AAAA", "v1,AAAA v1", " ", "null"):
        r.refuses(f"signature {text!r}", r.call(body, webhook_signature=text))
    webhook_id, timestamp = new_id(), now()
    bare = signature(r.secret, webhook_id, timestamp, body)
    for version in ("v0", "v2", "V1", "v1a"):
        forged = bare.replace("v1", version, 1)
        status = r.call(body, webhook_id, webhook_timestamp=timestamp, webhook_signature=forged)
        r.refuses(f"version {version}", status)
    for text in ("abc", "NaN", "inf", "-1", "0", "1e99", "9" * 30, "9223372036854775807", "٣", "17 00"):
        latin = text.encode().decode("latin-1")
        r.refuses(f"time {text!r}", r.call(body, webhook_timestamp=latin))


def what_a_public_key_adds(r, public_key):
    """For a receiver that verifies v1a; calls are signed so where the key is that of the published vectors."""
    body = order()

    def called(what, verdict, header, sent=None, at=0):
        webhook_id, timestamp = new_id(), now(at)
        text = header(signed_bytes(webhook_id, timestamp, body))
        verdict(what, r.call(body, webhook_id, sent, webhook_timestamp=timestamp, webhook_signature=text))

    def good(signed):
        return v1a(ed25519.sign(SEED, signed))

    called("64 zeros as v1a", r.refuses, lambda _: v1a(bytes(64)))
    called("63 bytes as v1a", r.refuses, lambda _: v1a(secrets.token_bytes(63)))
    called("v1a of another key", r.refuses, lambda signed: v1a(ed25519.sign(secrets.token_bytes(32), signed)))
    as_secret = "whsec_" + public_key.removeprefix("whpk_")
    r.refuses("v1 with the public key for a secret", r.call(body, secret=as_secret))
    if public_key != PUBLIC_KEY:
        r.skipped.append(f"v1a as the hub signs it: give your receiver the vectors' key, {PUBLIC_KEY}")
        return
    called("v1a alone", r.accepts, good)
    called("v1a behind others", r.accepts, lambda signed: f"v1,AAAA v2,AAAA {good(signed)}")
    called("v1a, a byte altered", r.refuses, good, sent=body.replace(b"EUR", b"EUX"))
    called("v1a, six minutes old", r.refuses, good, at=-SIX_MINUTES)
    called("v1a, named v1", r.refuses, lambda signed: good(signed).replace("v1a", "v1"))


def what_goes_wrong(r):
    long = order(note="x" * 2 * MIB)
    r.expect("2 MiB", r.call(long), *r.too_long)
    r.expect("2 MiB of unknown length", r.call(long, chunked=True), *r.too_long, 401, 400, 411)
    number = new_number()
    broken = order(order_id=number, invoice={"number": ""})
    r.fails_and_forgets(broken, order(order_id=number))
    r.keeps("what failed is done when it comes again", [(number,)], "select order_id from orders where order_id = ?", number)
    for body in (b"not json", b"null", b"[]", b'"text"', b"", b"\xff"):
        r.expect(f"signed, but {body!r}", r.call(body), *r.odd)
    r.hang_up()


def still_lives(r):
    r.accepts("an order after all that", r.call(order()))
    r.kept_all()


ALL = (what_the_hub_sends, what_a_rotation_sends, what_a_forger_sends, what_goes_wrong, still_lives)
