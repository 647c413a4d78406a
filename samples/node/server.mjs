import { isUtf8 } from "node:buffer";
import express from "express";
import sqlite from "node-sqlite3-wasm";
import { Webhook, WebhookVerificationError } from "standardwebhooks";

const webhook = new Webhook(process.env.WEBHOOK_SECRET);

const db = new sqlite.Database(process.env.DATABASE ?? "receiver.db");
db.exec(`
  create table if not exists received (webhook_id text primary key, event_type text not null check (event_type <> ''), event_id text not null);
  create table if not exists orders (order_id integer not null, email text, invoice text not null check (invoice <> ''))`);

const app = express();

// The signature is over the bytes as they came: read them raw, and no more than 1 MiB.
app.post("/webhooks", express.raw({ type: "*/*", limit: "1mb" }), (request, response) => {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (!isSigned(body, request.headers)) return response.status(401).send("signature refused");
  receive(request.headers["webhook-id"], JSON.parse(body.toString("utf8")));
  // Any 2xx says "done, don't send it again". Answer it only now that the transaction is committed.
  response.status(204).end();
});

function isSigned(body, headers) {
  // The library verifies text, and bytes that are no UTF-8 would pass for the text that replaces them.
  if (!isUtf8(body)) return false;
  try {
    // Throws when the signature or the time (5 minutes at most) is wrong.
    webhook.verify(body, headers, { jsonParse: false });
    return true;
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    return false;
  }
}

/** Does the work of an event once: its id and what it changes are committed together, or not at all. */
function receive(webhookId, event) {
  db.exec("begin immediate");
  try {
    const { changes } = db.run(
      "insert into received (webhook_id, event_type, event_id) values (?, ?, ?) on conflict do nothing",
      [webhookId, event.event_type, event.event_id],
    );
    // The same webhook-id comes again when our answer got lost: nothing is left to do then.
    if (changes === 1) handle(event);
    db.exec("commit");
  } catch (error) {
    db.exec("rollback");
    throw error;
  }
}

function handle(event) {
  switch (event.event_type) {
    case "order.created":
    case "order.renewed":
      // Your work goes here: open what was bought.
      db.run(
        "insert into orders (order_id, email, invoice) values (?, ?, ?)",
        [event.order_id, event.customer.email, event.invoice.number],
      );
      break;
    default:
    // Types that this code doesn't know, now or later, are none of its business.
  }
}

// A body that is too long is 413; our own faults are 500, and the call comes again later.
app.use((error, request, response, next) => {
  if (!error.status) console.error(error);
  response.status(error.status ?? 500).end();
});

const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () =>
  console.log(`listening on http://127.0.0.1:${server.address().port}/webhooks`),
);
