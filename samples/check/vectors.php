<?php

// The golden signatures, by the lines that the PHP sample verifies with.

declare(strict_types=1);

require __DIR__ . '/../php/signature.php';

function check(bool $holds, string $name): void
{
    if (!$holds) {
        fwrite(STDERR, "php: vector $name fails\n");
        exit(1);
    }
}

$checked = 0;
$vectors = json_decode(file_get_contents(__DIR__ . '/../vectors/webhook-signatures.json'), associative: true);
foreach ($vectors as $v) {
    foreach (preg_grep('/^whsec_/', $v['secrets']) as $secret) {
        $verified = fn (string $body, int $now) => is_signed(
            $secret,
            $v['id'],
            (string) $v['timestamp'],
            $v['signature'],
            $body,
            $now
        );
        foreach ([-300, 0, 300] as $drift) {
            check($verified($v['payload'], $v['timestamp'] + $drift), $v['name']);
        }
        check(!$verified($v['payload'] . ' ', $v['timestamp']), $v['name']);
        check(!$verified($v['payload'], $v['timestamp'] + 301), $v['name']);
        check(!$verified($v['payload'], $v['timestamp'] - 301), $v['name']);
        $checked++;
    }
}
check($checked >= 13, "count ($checked)");
echo "php: $checked golden signatures verify\n";
