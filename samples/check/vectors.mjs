// The golden signatures, by the public Standard Webhooks library and Node's own Ed25519.
import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { Webhook } = createRequire(new URL("../node/package.json", import.meta.url))("standardwebhooks");
const vectors = JSON.parse(readFileSync(new URL("../vectors/webhook-signatures.json", import.meta.url)));

/** What stands before the 32 bytes of an Ed25519 key (RFC 8410). */
const HEADER = Buffer.from("302a300506032b6570032100", "hex");

let checked = 0;
const now = Date.now;
for (const { name, secrets, id, timestamp, payload, signature, public: open } of vectors) {
  const headers = { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": signature };
  Date.now = () => timestamp * 1000;
  for (const secret of secrets.filter((each) => each.startsWith("whsec_"))) {
    const webhook = new Webhook(secret);
    webhook.verify(payload, headers, { jsonParse: false });
    assert.throws(() => webhook.verify(`${payload} `, headers), /signature/, name);
    checked++;
  }
  Date.now = now;
  for (const each of signature.split(" ").filter((each) => each.startsWith("v1a,"))) {
    const raw = Buffer.from(open.slice("whpk_".length), "base64");
    const key = createPublicKey({ key: Buffer.concat([HEADER, raw]), format: "der", type: "spki" });
    const signed = Buffer.from(`${id}.${timestamp}.${payload}`);
    assert(verify(null, signed, key, Buffer.from(each.slice(4), "base64")), name);
    signed[0] ^= 1;
    assert(!verify(null, signed, key, Buffer.from(each.slice(4), "base64")), name);
    checked++;
  }
}
assert(checked >= 15, `only ${checked} signatures`);
console.log(`node: ${checked} golden signatures verify`);
