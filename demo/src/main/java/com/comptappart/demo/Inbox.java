package com.comptappart.demo;

import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** A mail server that keeps what it gets in memory, and the pages that show it. */
final class Inbox implements AutoCloseable {

    static final String ADDRESS = "inbox@demo.localhost";

    private final GreenMail server =
            new GreenMail(new ServerSetup(0, Loopback.HOST, ServerSetup.PROTOCOL_SMTP));

    /** By the stored mail itself: its UID is one of its mailbox only. */
    private final IdentityHashMap<StoredMessage, Mail> read = new IdentityHashMap<>();

    private final Site site;

    private Inbox(int webPort) {
        server.start();
        site = Site.start(webPort, new InboxPages(this));
    }

    static Inbox start(int webPort) {
        return new Inbox(webPort);
    }

    int smtpPort() {
        return server.getSmtp().getPort();
    }

    String url(String path) {
        return site.url(path);
    }

    /** Newest first. */
    List<Mail> mails() {
        return server.getManagers().getImapHostManager().getAllMessages().stream()
                .map(this::once)
                .sorted(Comparator.comparingLong(Mail::id).reversed())
                .toList();
    }

    Optional<Mail> find(String id) {
        return mails().stream().filter(mail -> Long.toString(mail.id()).equals(id)).findFirst();
    }

    @Override
    public void close() {
        site.close();
        server.stop();
    }

    private synchronized Mail once(StoredMessage stored) {
        return read.computeIfAbsent(
                stored,
                each ->
                        Mail.of(
                                read.size() + 1L,
                                each.getReceivedDate().toInstant(),
                                each.getMimeMessage()));
    }
}
