package com.comptappart.mail;

import com.comptappart.kernel.Environment;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A mail as bytes (RFC 5322, MIME): a function of the stored mail and its attachment, so that every
 * attempt sends the same. All lines are ASCII, short, and end in CRLF.
 */
final class MimeBytes {

    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder();

    private final ByteArrayOutputStream out;

    private MimeBytes(int size) {
        out = new ByteArrayOutputStream(size);
    }

    static byte[] of(ClaimedMail.Content mail, Attachments.@Nullable Attachment file) {
        int fileSize = file == null ? 0 : file.bytes().length / 57 * 79;
        var mime =
                new MimeBytes(4096 + fileSize + 2 * (mail.text().length() + mail.html().length()));
        mime.headers(mail);
        mime.mixed(mail, file);
        return mime.out.toByteArray();
    }

    private void headers(ClaimedMail.Content mail) {
        boolean staging = mail.environment() == Environment.STAGING;
        line("Date: " + date(mail));
        line("From: " + mail.sender());
        line("To: " + mail.deliverTo());
        line("Message-ID: " + mail.messageId());
        line("Subject: " + encoded("Subject: ", (staging ? "[TEST] " : "") + mail.subject()));
        if (staging && !mail.recipient().equals(mail.deliverTo())) {
            line("X-ComptAppart-Buyer: " + encoded("X-ComptAppart-Buyer: ", mail.recipient()));
        }
        line("Auto-Submitted: auto-generated");
        line("MIME-Version: 1.0");
    }

    private void mixed(ClaimedMail.Content mail, Attachments.@Nullable Attachment file) {
        if (file == null) {
            alternative(mail);
            return;
        }
        String boundary = "=_mixed_" + mail.id();
        line("Content-Type: multipart/mixed; boundary=\"" + boundary + "\"");
        line("");
        line("--" + boundary);
        alternative(mail);
        line("");
        line("--" + boundary);
        String name = fileName(file.name());
        line("Content-Type: " + mediaType(file.mediaType()) + "; name=\"" + name + "\"");
        line("Content-Transfer-Encoding: base64");
        line("Content-Disposition: attachment; filename=\"" + name + "\"");
        line("");
        out.writeBytes(BASE64.encode(file.bytes()));
        line("");
        line("--" + boundary + "--");
    }

    private void alternative(ClaimedMail.Content mail) {
        String boundary = "=_alternative_" + mail.id();
        line("Content-Type: multipart/alternative; boundary=\"" + boundary + "\"");
        line("");
        line("--" + boundary);
        text("text/plain", mail.text());
        line("--" + boundary);
        text("text/html", mail.html());
        line("--" + boundary + "--");
    }

    private void text(String type, String text) {
        line("Content-Type: " + type + "; charset=utf-8");
        line("Content-Transfer-Encoding: quoted-printable");
        line("");
        QuotedPrintable.encode(text.getBytes(StandardCharsets.UTF_8), out);
        line("");
    }

    /** A header's text: control characters become spaces, other scripts encoded words. */
    private static String encoded(String header, String text) {
        String oneLine = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        return EncodedWords.isPlain(oneLine)
                ? MimeUtility.fold(header.length(), oneLine)
                : EncodedWords.of(oneLine);
    }

    private static String date(ClaimedMail.Content mail) {
        return DateTimeFormatter.RFC_1123_DATE_TIME
                .format(mail.createdAt().atOffset(ZoneOffset.UTC))
                .replace("GMT", "+0000");
    }

    private static String fileName(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static String mediaType(String type) {
        return type.matches("[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")
                ? type
                : "application/octet-stream";
    }

    private void line(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        out.write('\r');
        out.write('\n');
    }
}
