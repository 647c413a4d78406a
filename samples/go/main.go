// Receives ComptAppart's webhooks with net/http.
package main

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"os"

	_ "github.com/ncruces/go-sqlite3/driver"
	_ "github.com/ncruces/go-sqlite3/embed"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

const mostBytes = 1 << 20

type event struct {
	Type     string `json:"event_type"`
	ID       string `json:"event_id"`
	OrderID  int64  `json:"order_id"`
	Customer struct {
		Email string `json:"email"`
	} `json:"customer"`
	Invoice struct {
		Number string `json:"number"`
	} `json:"invoice"`
}

type receiver struct {
	webhook *standardwebhooks.Webhook
	db      *sql.DB
}

func main() {
	webhook, err := standardwebhooks.NewWebhook(os.Getenv("WEBHOOK_SECRET"))
	if err != nil {
		log.Fatal("WEBHOOK_SECRET: ", err)
	}
	db, err := sql.Open("sqlite3", "file:"+cmp.Or(os.Getenv("DATABASE"), "receiver.db")+"?_txlock=immediate&_pragma=busy_timeout(5000)")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := db.Exec(`
		create table if not exists received (webhook_id text primary key, event_type text not null check (event_type <> ''), event_id text not null);
		create table if not exists orders (order_id integer not null, email text, invoice text not null check (invoice <> ''))`); err != nil {
		log.Fatal(err)
	}
	http.Handle("POST /webhooks", &receiver{webhook, db})
	address := "127.0.0.1:" + cmp.Or(os.Getenv("PORT"), "3000")
	log.Printf("listening on http://%s/webhooks", address)
	log.Fatal(http.ListenAndServe(address, nil))
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	// The signature is over the bytes as they came: read them raw, and no more than 1 MiB.
	body, err := io.ReadAll(http.MaxBytesReader(w, request.Body, mostBytes))
	if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) {
		http.Error(w, "too long", http.StatusRequestEntityTooLarge)
		return
	}
	if err != nil {
		http.Error(w, "not read", http.StatusBadRequest)
		return
	}
	// An error when the signature or the time (5 minutes at most) is wrong.
	if err := r.webhook.Verify(body, request.Header); err != nil {
		http.Error(w, "signature refused", http.StatusUnauthorized)
		return
	}
	if err := r.receive(request.Header.Get("webhook-id"), body); err != nil {
		log.Print(err)
		http.Error(w, "not received", http.StatusInternalServerError)
		return
	}
	// Any 2xx says "done, don't send it again". Answer it only now that the transaction is committed.
	w.WriteHeader(http.StatusNoContent)
}

// receive does the work of an event once: its id and what it changes are committed together, or not at all.
func (r *receiver) receive(webhookID string, body []byte) error {
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		return err
	}
	tx, err := r.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	inserted, err := tx.Exec(
		"insert into received (webhook_id, event_type, event_id) values (?, ?, ?) on conflict do nothing",
		webhookID, e.Type, e.ID)
	if err != nil {
		return err
	}
	// The same webhook-id comes again when our answer got lost: nothing is left to do then.
	if rows, err := inserted.RowsAffected(); err != nil || rows == 0 {
		return err
	}
	if err := handle(tx, e); err != nil {
		return err
	}
	return tx.Commit()
}

func handle(tx *sql.Tx, e event) error {
	switch e.Type {
	case "order.created", "order.renewed":
		// Your work goes here: open what was bought.
		_, err := tx.Exec(
			"insert into orders (order_id, email, invoice) values (?, ?, ?)",
			e.OrderID, e.Customer.Email, e.Invoice.Number)
		return err
	default:
		// Types that this code doesn't know, now or later, are none of its business.
		return nil
	}
}
