import os
import sqlite3

from flask import Flask, request
from standardwebhooks import Webhook, WebhookVerificationError

app = Flask(__name__)
# No more than 1 MiB of a body is read; more is answered 413.
app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024

webhook = Webhook(os.environ["WEBHOOK_SECRET"])


def database():
    return sqlite3.connect(os.environ.get("DATABASE", "receiver.db"))


with database() as db:
    db.executescript(
        """
        create table if not exists received (
            webhook_id text primary key, event_type text not null check (event_type <> ''), event_id text not null);
        create table if not exists orders (
            order_id integer not null, email text, invoice text not null check (invoice <> ''));
        """
    )


@app.post("/webhooks")
def webhooks():
    # The signature is over the bytes as they came, not over JSON that was read and written again.
    body = request.get_data()
    try:
        # Raises when the signature or the time (5 minutes at most) is wrong. ValueError: the library
        # meets a header or a body that nobody could have signed, such as one without a comma.
        webhook.verify(body, request.headers, json_parse=False)
    except (WebhookVerificationError, ValueError):
        return "signature refused", 401
    receive(request.headers["webhook-id"], request.get_json(force=True))
    # Any 2xx says "done, don't send it again". Answer it only now that the transaction is committed.
    return "", 204


def receive(webhook_id, event):
    """Does the work of an event once: its id and what it changes are committed together, or not at all."""
    db = database()
    try:
        with db:
            inserted = db.execute(
                "insert into received (webhook_id, event_type, event_id) values (?, ?, ?) on conflict do nothing",
                (webhook_id, event["event_type"], event["event_id"]),
            )
            # The same webhook-id comes again when our answer got lost: nothing is left to do then.
            if inserted.rowcount == 1:
                handle(db, event)
    finally:
        db.close()


def handle(db, event):
    if event["event_type"] in ("order.created", "order.renewed"):
        # Your work goes here: open what was bought.
        db.execute(
            "insert into orders (order_id, email, invoice) values (?, ?, ?)",
            (event["order_id"], event["customer"]["email"], event["invoice"]["number"]),
        )
    # Types that this code doesn't know, now or later, are none of its business.


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "3000")))
