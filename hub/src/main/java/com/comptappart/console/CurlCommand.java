package com.comptappart.console;

import com.comptappart.webhook.Notification;

/**
 * The command that sends a notification again from any shell. It signs anew, as a timestamp is good
 * for five minutes only; whoever runs it puts the secret in its place, which we show to nobody.
 */
final class CurlCommand {

    private CurlCommand() {}

    /**
     * @param secretHint what stands where the secret goes
     */
    static String of(Notification notification, String url, boolean hasApiKey, String secretHint) {
        String key = hasApiKey ? "  -H \"X-API-KEY: $API_KEY\" \\\n" : "";
        return """
        SECRET=%s
        %sID=%s
        BODY=%s
        TS=$(date +%%s)
        KEY=$(printf '%%s' "${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')
        SIG=$(printf '%%s.%%s.%%s' "$ID" "$TS" "$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)
        curl -i -X POST %s \\
          -H 'Content-Type: application/json' \\
          -H "webhook-id: $ID" \\
          -H "webhook-timestamp: $TS" \\
          -H "webhook-signature: v1,$SIG" \\
        %s  --data-binary "$BODY"
        """
                .formatted(
                        quoted(secretHint),
                        hasApiKey ? "API_KEY='…'\n" : "",
                        quoted(notification.id()),
                        quoted(notification.body()),
                        quoted(url),
                        key);
    }

    /** As one word of a POSIX shell, whatever is in it. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
