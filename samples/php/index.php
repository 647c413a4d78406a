<?php

declare(strict_types=1);

// What fails must be answered 500, so that the call comes again: PHP answers 200 where it displays errors.
ini_set('display_errors', '0');

require __DIR__ . '/signature.php';

const MOST_BYTES = 1024 * 1024;

if ($_SERVER['REQUEST_METHOD'] !== 'POST' || parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) !== '/webhooks') {
    http_response_code(404);
    exit;
}

// The signature is over the bytes as they came: read them raw, and no more than 1 MiB.
$body = file_get_contents('php://input', length: MOST_BYTES + 1);
if (strlen($body) > MOST_BYTES) {
    http_response_code(413);
    exit;
}
$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
$timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
$signatures = $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '';
if (!is_signed(getenv('WEBHOOK_SECRET'), $id, $timestamp, $signatures, $body, time())) {
    http_response_code(401);
    exit('signature refused');
}

$db = new PDO('sqlite:' . (getenv('DATABASE') ?: 'receiver.db'));
$db->exec("
    create table if not exists received (webhook_id text primary key, event_type text not null check (event_type <> ''), event_id text not null);
    create table if not exists orders (order_id integer not null, email text, invoice text not null check (invoice <> ''))");
receive($db, $id, json_decode($body, associative: true, flags: JSON_THROW_ON_ERROR));
// Any 2xx says "done, don't send it again". Answer it only now that the transaction is committed.
http_response_code(204);

/** Does the work of an event once: its id and what it changes are committed together, or not at all. */
function receive(PDO $db, string $webhookId, array $event): void
{
    $db->beginTransaction();
    $insert = $db->prepare(
        'insert into received (webhook_id, event_type, event_id) values (?, ?, ?) on conflict do nothing'
    );
    $insert->execute([$webhookId, $event['event_type'], $event['event_id']]);
    // The same webhook-id comes again when our answer got lost: nothing is left to do then.
    if ($insert->rowCount() === 1) {
        handle($db, $event);
    }
    $db->commit();
}

function handle(PDO $db, array $event): void
{
    switch ($event['event_type']) {
        case 'order.created':
        case 'order.renewed':
            // Your work goes here: open what was bought.
            $db->prepare('insert into orders (order_id, email, invoice) values (?, ?, ?)')
                ->execute([$event['order_id'], $event['customer']['email'], $event['invoice']['number']]);
            break;
        default:
            // Types that this code doesn't know, now or later, are none of its business.
    }
}
