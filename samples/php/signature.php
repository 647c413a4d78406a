<?php

declare(strict_types=1);

/**
 * Whether one of the signatures is ours over those bytes, and the call no older (or newer) than five minutes:
 * version v1 of the Standard Webhooks specification. Others in the list, such as v1a, are skipped.
 */
function is_signed(
    string $secret,
    string $id,
    string $timestamp,
    string $signatures,
    string $body,
    int $now
): bool {
    if ($id === '' || !preg_match('/^[0-9]{1,12}$/D', $timestamp) || abs($now - (int) $timestamp) > 300) {
        return false;
    }
    $key = base64_decode(preg_replace('/^whsec_/', '', $secret), strict: true);
    if ($key === false || $key === '') {
        throw new RuntimeException('WEBHOOK_SECRET: whsec_ and base64, as the hub showed it');
    }
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, binary: true));
    foreach (explode(' ', $signatures) as $signature) {
        if (hash_equals($expected, $signature)) {
            return true;
        }
    }
    return false;
}
