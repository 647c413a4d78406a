package com.comptappart.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32C;

/** A mail server that accepts everything, notes to whom and which message, and keeps nothing. */
final class SmtpSink implements Conversation {

    private static final int HEADERS = 4_096;
    private static final byte[] OK = ascii("250 OK\r\n");
    private static final byte[] EHLO = ascii("250-bench\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n");
    private static final byte[] GO_ON = ascii("354 go on\r\n");
    private static final byte[] BYE = ascii("221 bye\r\n");
    private static final byte[] UNKNOWN = ascii("502 not here\r\n");
    private static final byte[] END = ascii("\r\n.\r\n");

    private final Sightings sightings;
    private final CRC32C checksum = new CRC32C();
    private final byte[] headers = new byte[HEADERS];
    private int headerBytes;
    private long dataBytes;
    private boolean inData;
    private int order = -1;
    private boolean toPartner;

    SmtpSink(Sightings sightings) {
        this.sightings = sightings;
    }

    @Override
    public byte[] greeting() {
        return ascii("220 bench ESMTP\r\n");
    }

    @Override
    public boolean received(ByteBuffer in, ByteBuffer out) {
        while (in.hasRemaining()) {
            if (inData) {
                if (!data(in)) {
                    return true;
                }
                out.put(OK);
                continue;
            }
            int end = lineEnd(in);
            if (end < 0) {
                return true;
            }
            byte[] line = new byte[end - in.position()];
            in.get(line);
            if (!command(new String(line, StandardCharsets.UTF_8), out)) {
                return false;
            }
        }
        return true;
    }

    private boolean command(String line, ByteBuffer out) {
        String verb = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO" -> out.put(EHLO);
            case "HELO", "MAIL", "RSET", "NOOP" -> out.put(OK);
            case "RCPT" -> {
                order = Shop.numberIn(line, "buyer+");
                toPartner = Shop.isPartner(line);
                out.put(OK);
            }
            case "DATA" -> {
                inData = true;
                headerBytes = 0;
                dataBytes = 0;
                checksum.reset();
                out.put(GO_ON);
            }
            case "QUIT" -> {
                out.put(BYE);
                return false;
            }
            default -> out.put(UNKNOWN);
        }
        return true;
    }

    /**
     * Takes message data; true at its end. The client waits for an answer then (we offer no
     * pipelining), so the end is where the bytes end, and no other byte needs to be looked at.
     */
    private boolean data(ByteBuffer in) {
        int available = in.remaining();
        boolean ended = available >= END.length;
        for (int i = 0; ended && i < END.length; i++) {
            ended = in.get(in.limit() - END.length + i) == END[i];
        }
        // The last bytes stay until it is known whether they are the end.
        int taken = ended ? available : Math.max(0, available - END.length + 1);
        int kept = Math.min(taken, HEADERS - headerBytes);
        in.get(in.position(), headers, headerBytes, kept);
        headerBytes += kept;
        checksum.update(in.slice(in.position(), taken));
        in.position(in.position() + taken);
        dataBytes += taken;
        if (ended) {
            inData = false;
            if (toPartner) {
                sightings.alerted();
            } else {
                sightings.mailed(order, messageId(), (int) checksum.getValue(), dataBytes);
            }
            order = -1;
            toPartner = false;
            return true;
        }
        return false;
    }

    private String messageId() {
        String text = new String(headers, 0, headerBytes, StandardCharsets.ISO_8859_1);
        String lower = text.toLowerCase(Locale.ROOT);
        int from = lower.startsWith("message-id:") ? 0 : lower.indexOf("\nmessage-id:");
        if (from < 0) {
            return "";
        }
        int open = text.indexOf('<', from);
        int close = text.indexOf('>', open + 1);
        return open < 0 || close < 0 ? "" : text.substring(open + 1, close);
    }

    private static int lineEnd(ByteBuffer in) {
        for (int i = in.position(); i < in.limit(); i++) {
            if (in.get(i) == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
