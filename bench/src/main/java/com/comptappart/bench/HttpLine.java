package com.comptappart.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A kept connection to one loopback server that posts and reads the answer's status; one thread.
 */
final class HttpLine implements AutoCloseable {

    private static final int BUFFER = 256 * 1024;

    /** As long as Stripe waits for an answer, about. */
    private static final int ANSWER_WITHIN_MILLIS = 10_000;

    private final int port;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final byte[] answered = new byte[BUFFER];
    private @Nullable SocketChannel channel;

    HttpLine(int port) {
        this.port = port;
    }

    /** Posts JSON; {@code headers} are whole lines. Returns the status. */
    int post(String path, String headers, byte[] body) throws IOException {
        String head =
                "POST "
                        + path
                        + " HTTP/1.1\r\nHost: 127.0.0.1:"
                        + port
                        + "\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: "
                        + body.length
                        + "\r\n"
                        + headers
                        + "\r\n";
        try {
            var open = connected();
            buffer.clear();
            buffer.put(head.getBytes(StandardCharsets.ISO_8859_1)).put(body).flip();
            while (buffer.hasRemaining()) {
                open.write(buffer);
            }
            return status(open);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private SocketChannel connected() throws IOException {
        var open = channel;
        if (open == null) {
            open =
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            open.setOption(StandardSocketOptions.TCP_NODELAY, true);
            open.socket().setSoTimeout(ANSWER_WITHIN_MILLIS);
            channel = open;
        }
        return open;
    }

    private int status(SocketChannel open) throws IOException {
        // The channel's own reads know no time-out.
        var in = open.socket().getInputStream();
        int length = 0;
        while (true) {
            int read = in.read(answered, length, answered.length - length);
            if (read < 0) {
                throw new EOFException("the hub hung up before it answered");
            }
            length += read;
            String answer = new String(answered, 0, length, StandardCharsets.ISO_8859_1);
            int end = answer.indexOf("\r\n\r\n");
            if (end < 0 || !isWhole(answer, end)) {
                continue;
            }
            String head = answer.substring(0, end).toLowerCase(Locale.ROOT);
            if (head.contains("connection: close")) {
                close();
            }
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    private static boolean isWhole(String answer, int headEnd) {
        String head = answer.substring(0, headEnd).toLowerCase(Locale.ROOT) + "\r\n";
        int at = head.indexOf("content-length:");
        if (at >= 0) {
            String length = head.substring(at + 15, head.indexOf('\r', at)).strip();
            return answer.length() >= headEnd + 4 + Integer.parseInt(length);
        }
        return !head.contains("chunked") || answer.endsWith("0\r\n\r\n");
    }

    @Override
    public void close() {
        var open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // closed is what it was to be
            }
        }
    }
}
