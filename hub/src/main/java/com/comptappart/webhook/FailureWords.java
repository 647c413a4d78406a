package com.comptappart.webhook;

import com.comptappart.kernel.Reason;
import java.net.SocketException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** What went wrong instead of an answer, in a sentence for those who run the server. */
final class FailureWords {

    private static final int LONGEST = 160;
    private static final int BYTES_SHOWN = 32;

    /** Names of classes, which tell those readers nothing. */
    private static final Pattern CLASSES =
            Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.)+[A-Z]\\w*:?\\s*|\\b\\w+Exception\\b:?\\s*");

    private FailureWords() {}

    /**
     * @param firstBytes of what came as an answer, empty where nothing did
     * @param status of the answer, 0 while its headers were not read to their end
     */
    static String of(Exception failure, Diagnosis diagnosis, String firstBytes, int status) {
        return switch (diagnosis) {
            case ADDRESS_REFUSED -> Reason.PARTNER_ADDRESS.text(said(failure));
            case NAME_UNKNOWN -> Reason.PARTNER_NAME_UNKNOWN.text(said(failure));
            case TLS_CHAIN -> tls(Reason.CERTIFICATE_UNKNOWN.text());
            case TLS_EXPIRED -> tls(Reason.CERTIFICATE_EXPIRED.text());
            case TLS_NOT_YET_VALID -> tls(Reason.CERTIFICATE_NOT_YET_VALID.text());
            case TLS_NAME -> tls(Reason.CERTIFICATE_OF_OTHER_NAME.text());
            case TLS_PLAIN -> tls(Reason.TLS_NOT_SPOKEN.text());
            case TLS_PROTOCOL, TLS_TIMEOUT, TLS_FAILED -> tls(said(failure));
            case CONNECTION_REFUSED -> connection(Reason.CONNECTION_REFUSED.text());
            case CONNECTION_TIMEOUT -> connection(Reason.CONNECTION_UNANSWERED.text());
            case NO_ROUTE -> connection(Reason.CONNECTION_NO_ROUTE.text());
            case CONNECTION_CLOSED -> connection(Reason.CONNECTION_ENDED.text());
            case NOT_HTTP -> Reason.PARTNER_NOT_HTTP.text(shown(firstBytes, BYTES_SHOWN));
            case ANSWER_BROKEN ->
                    Reason.PARTNER_ANSWER_BROKEN.text(brokenPart(failure, status > 0).text());
            default -> connection(said(failure));
        };
    }

    private static String tls(String what) {
        return Reason.PARTNER_TLS.text(what);
    }

    private static String connection(String what) {
        return Reason.PARTNER_NOT_CONNECTED.text(what);
    }

    private static Reason brokenPart(Exception failure, boolean headIsRead) {
        return switch (failure) {
            case TruncatedChunkException _ -> Reason.ANSWER_BODY_CUT;
            case MalformedChunkCodingException _ -> Reason.ANSWER_CHUNKS_WRONG;
            case MessageConstraintException e ->
                    lower(e).contains("header count")
                            ? Reason.ANSWER_HEADERS_TOO_MANY
                            : Reason.ANSWER_LINE_TOO_LONG;
            case ConnectionClosedException _, NoHttpResponseException _, SocketException _ ->
                    headIsRead ? Reason.ANSWER_BODY_CUT : Reason.ANSWER_HEAD_CUT;
            default -> ofMessage(failure);
        };
    }

    /** The client has one exception for all of these, and wraps it. */
    private static Reason ofMessage(Exception failure) {
        String message = lower(failure);
        if (message.contains("content length") || message.contains("content-length")) {
            return Reason.ANSWER_LENGTH_WRONG;
        }
        if (message.contains("transfer encoding") || message.contains("transfer-encoding")) {
            return Reason.ANSWER_CODING_UNKNOWN;
        }
        if (message.contains("unsupported version") || message.contains("protocol version")) {
            return Reason.ANSWER_VERSION_WRONG;
        }
        return message.contains("invalid response") || message.contains("upgrade")
                ? Reason.ANSWER_STATUS_WRONG
                : Reason.ANSWER_HEAD_WRONG;
    }

    private static String said(Exception failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        return shown(CLASSES.matcher(message).replaceAll("").strip(), LONGEST);
    }

    /** On one line, and what can't be shown as its code. */
    private static String shown(String text, int longest) {
        var shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), longest); i++) {
            char each = text.charAt(i);
            if (each >= ' ' && each < 0x7f) {
                shown.append(each);
            } else {
                shown.append(
                        String.format(
                                Locale.ROOT, each > 0xff ? "\\u%04x" : "\\x%02x", (int) each));
            }
        }
        return text.length() > longest ? shown.append('…').toString() : shown.toString();
    }

    private static String lower(Throwable failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }
}
