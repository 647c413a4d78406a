package com.comptappart.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 requests with a Content-Length or no body, on a connection that stays open. */
abstract class HttpConversation implements Conversation {

    /** The request line and headers as they came. */
    record Head(String text) {

        String path() {
            int from = text.indexOf(' ') + 1;
            return text.substring(from, text.indexOf(' ', from));
        }

        @Nullable String header(String name) {
            int line = text.indexOf("\r\n") + 2;
            while (line > 1 && line < text.length()) {
                int end = text.indexOf("\r\n", line);
                int stop = end < 0 ? text.length() : end;
                int colon = line + name.length();
                if (colon < stop
                        && text.charAt(colon) == ':'
                        && text.regionMatches(true, line, name, 0, name.length())) {
                    return text.substring(colon + 1, stop).strip();
                }
                line = stop + 2;
            }
            return null;
        }
    }

    /** Puts the whole answer. */
    abstract void answer(Head head, byte[] body, ByteBuffer out);

    @Override
    public final boolean received(ByteBuffer in, ByteBuffer out) {
        while (true) {
            int end = headEnd(in);
            if (end < 0) {
                return true;
            }
            int start = in.position();
            byte[] bytes = new byte[end - start];
            in.get(start, bytes);
            var head = new Head(new String(bytes, StandardCharsets.ISO_8859_1));
            if (head.header("Transfer-Encoding") != null) {
                out.put(response("411 Length Required", new byte[0]));
                return false;
            }
            String given = head.header("Content-Length");
            int length = given == null ? 0 : Integer.parseInt(given);
            if (in.limit() - end < length) {
                return true;
            }
            byte[] body = new byte[length];
            in.get(end, body);
            in.position(end + length);
            answer(head, body, out);
        }
    }

    static byte[] response(String status, byte[] json) {
        byte[] head =
                ("HTTP/1.1 "
                                + status
                                + "\r\nContent-Type: application/json\r\nContent-Length: "
                                + json.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(head.length + json.length).put(head).put(json).array();
    }

    /** Where the body begins; negative while the head is not whole. */
    private static int headEnd(ByteBuffer in) {
        for (int i = in.position() + 3; i < in.limit(); i++) {
            if (in.get(i) == '\n'
                    && in.get(i - 1) == '\r'
                    && in.get(i - 2) == '\n'
                    && in.get(i - 3) == '\r') {
                return i + 1;
            }
        }
        return -1;
    }
}
