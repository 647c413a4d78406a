"""The golden signatures, by the public Standard Webhooks library and the cryptography package's Ed25519."""

import base64
import json
import pathlib
from datetime import datetime, timezone
from unittest import mock

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from standardwebhooks import Webhook, WebhookVerificationError

VECTORS = pathlib.Path(__file__).parent.parent / "vectors/webhook-signatures.json"


def fails(error, action):
    try:
        action()
    except error:
        return True
    return False


checked = 0
for vector in json.loads(VECTORS.read_text()):
    seconds, payload = vector["timestamp"], vector["payload"]
    headers = {
        "webhook-id": vector["id"],
        "webhook-timestamp": str(seconds),
        "webhook-signature": vector["signature"],
    }
    with mock.patch("standardwebhooks.webhooks.datetime", wraps=datetime) as clock:
        clock.now.return_value = datetime.fromtimestamp(seconds, tz=timezone.utc)
        for secret in vector["secrets"]:
            if secret.startswith("whsec_"):
                webhook = Webhook(secret)
                webhook.verify(payload, headers, json_parse=False)
                assert fails(WebhookVerificationError, lambda: webhook.verify(payload + " ", headers)), vector["name"]
                checked += 1
    for signature in vector["signature"].split(" "):
        if signature.startswith("v1a,"):
            key = Ed25519PublicKey.from_public_bytes(base64.b64decode(vector["public"].removeprefix("whpk_")))
            signed = f"{vector['id']}.{seconds}.{payload}".encode()
            raw = base64.b64decode(signature.removeprefix("v1a,"))
            key.verify(raw, signed)
            assert fails(InvalidSignature, lambda: key.verify(raw, signed + b" ")), vector["name"]
            checked += 1
assert checked >= 15, f"only {checked} signatures"
print(f"python: {checked} golden signatures verify")
