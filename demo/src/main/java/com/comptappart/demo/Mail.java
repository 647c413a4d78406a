package com.comptappart.demo;

import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail as it was received.
 *
 * @param buyer for whom it would have been outside of test mode; empty where the mail doesn't say
 */
record Mail(
        long id,
        Instant receivedAt,
        String from,
        String to,
        String buyer,
        String subject,
        String html,
        String text,
        List<Attachment> attachments) {

    /** A file of a mail. */
    record Attachment(String name, String contentType, byte[] bytes) {}

    Mail {
        attachments = List.copyOf(attachments);
    }

    boolean carries(String fileName, byte[] file) {
        return attachments.stream()
                .anyMatch(
                        each -> each.name().equals(fileName) && Arrays.equals(each.bytes(), file));
    }

    static Mail of(long id, Instant receivedAt, MimeMessage message) {
        try {
            var parts = new Parts();
            parts.read(message, 0);
            return new Mail(
                    id,
                    receivedAt,
                    decoded(message.getHeader("From", ", ")),
                    decoded(message.getHeader(Message.RecipientType.TO.toString(), ", ")),
                    decoded(message.getHeader("X-ComptAppart-Buyer", ", ")),
                    decoded(message.getHeader("Subject", " ")),
                    parts.html,
                    parts.text,
                    parts.files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException("mail " + id + " can't be read", e);
        }
    }

    private static String decoded(@Nullable String header) throws IOException {
        return header == null ? "" : MimeUtility.decodeText(MimeUtility.unfold(header));
    }

    private static final class Parts {

        private static final int DEEPEST = 8;

        private String html = "";
        private String text = "";
        private final List<Attachment> files = new ArrayList<>();

        void read(Part part, int depth) throws MessagingException, IOException {
            if (depth > DEEPEST) {
                return;
            }
            if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart several) {
                for (int i = 0; i < several.getCount(); i++) {
                    BodyPart each = several.getBodyPart(i);
                    read(each, depth + 1);
                }
                return;
            }
            if (part.getFileName() != null) {
                files.add(
                        new Attachment(
                                decoded(part.getFileName()),
                                part.getContentType().split(";", 2)[0],
                                part.getInputStream().readAllBytes()));
                return;
            }
            if (part.isMimeType("text/html")) {
                html = String.valueOf(part.getContent());
            }
            if (part.isMimeType("text/plain")) {
                text = String.valueOf(part.getContent());
            }
        }
    }
}
