package com.comptappart.mail;

import com.comptappart.kernel.Environment;
import com.comptappart.mail.Attachments.Attachment;
import com.comptappart.mail.Mails.Mail;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The mails of test mode byte for byte, as each attempt sends them or would: made by what sends
 * them, read back as a reader's program would.
 */
@Component
public class TestInbox {

    private final MailRows rows;
    private final MailServer server;
    private final ObjectProvider<Attachments> attachments;

    TestInbox(MailRows rows, MailServer server, ObjectProvider<Attachments> attachments) {
        this.rows = rows;
        this.server = server;
        this.attachments = attachments;
    }

    /**
     * Empty for a mail of production, one that lets a person in, one without a usable address, and
     * while its attachment is not there yet.
     */
    public Optional<RawMail> read(Mail mail) {
        if (mail.environment() != Environment.STAGING
                || mail.state() == Mails.State.SUPPRESSED
                || mail.text().isEmpty()) {
            return Optional.empty();
        }
        var content = rows.content(mail);
        @Nullable Attachment file = file(content.attachment());
        if (content.attachment() != null && file == null) {
            return Optional.empty();
        }
        return Optional.of(parsed(MimeBytes.of(content, file)));
    }

    private @Nullable Attachment file(@Nullable String reference) {
        var source = attachments.getIfAvailable();
        return source == null || reference == null
                ? null
                : source.load(List.of(reference)).get(reference);
    }

    private RawMail parsed(byte[] bytes) {
        try {
            var message = new MimeMessage(server.session(), new ByteArrayInputStream(bytes));
            var headers = new ArrayList<RawMail.Header>();
            for (var header : Collections.list(message.getAllHeaders())) {
                headers.add(
                        new RawMail.Header(
                                header.getName(),
                                MimeUtility.decodeText(MimeUtility.unfold(header.getValue()))));
            }
            var parts = new ArrayList<RawMail.Part>();
            collect(message, parts);
            return new RawMail(bytes, headers, parts);
        } catch (MessagingException e) {
            throw new IllegalStateException("a mail of ours can't be read back", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(MimePart part, List<RawMail.Part> into)
            throws MessagingException, IOException {
        if (part.getContent() instanceof Multipart container) {
            for (int i = 0; i < container.getCount(); i++) {
                BodyPart each = container.getBodyPart(i);
                collect((MimeBodyPart) each, into);
            }
            return;
        }
        String name = part.getFileName();
        into.add(
                new RawMail.Part(
                        part.getContentType().replaceFirst(";\\s*name=.*$", ""),
                        name == null ? "" : name,
                        part.getEncoding() == null ? "" : part.getEncoding(),
                        length(part)));
    }

    /** Once decoded. */
    private static long length(MimePart part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
