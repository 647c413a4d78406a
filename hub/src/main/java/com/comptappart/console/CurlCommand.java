package com.comptappart.console;

import com.comptappart.webhook.Notification;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls as commands for any shell; secrets and keys have their place in them and no more. */
final class CurlCommand {

    private CurlCommand() {}

    /**
     * Sends a notification again. It signs anew, as a timestamp is good for five minutes only.
     *
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

    /**
     * A call of our API; the key is an environment variable's, and never in the command.
     *
     * @param body null where the call takes none
     */
    static String ofCall(
            String method, String url, Map<String, String> headers, @Nullable String body) {
        var command = new StringBuilder("curl -i -X " + method + " " + quoted(url));
        command.append(" \\\n  -H \"Authorization: Bearer $COMPTAPPART_KEY\"");
        headers.forEach(
                (name, value) -> command.append(" \\\n  -H ").append(quoted(name + ": " + value)));
        if (body != null) {
            command.append(" \\\n  -H 'Content-Type: application/json' \\\n  --data-binary ")
                    .append(quoted(body));
        }
        return command.toString();
    }

    /** As one word of a POSIX shell, whatever is in it. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
