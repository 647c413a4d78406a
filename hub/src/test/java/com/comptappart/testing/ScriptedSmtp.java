package com.comptappart.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mail server that fails as it is told. Without orders it accepts everything. Orders are for the
 * moments {@code CONNECT}, {@code EHLO}, {@code AUTH}, {@code MAIL}, {@code RCPT}, {@code DATA} and
 * {@code END} (after the mail's last line).
 */
public final class ScriptedSmtp implements AutoCloseable {

    /** An order: end the conversation without an answer. */
    public static final String CUT = "CUT";

    /** What came to the last line, whatever was answered then. */
    public record Received(String from, String to, byte[] bytes, String answer) {
        public boolean accepted() {
            return answer.startsWith("2");
        }

        public String text() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        public String header(String name) {
            return text().lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line ->
                            line.toLowerCase(Locale.ROOT)
                                    .startsWith(name.toLowerCase(Locale.ROOT) + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }
    }

    private static final Map<String, String> USUAL =
            Map.of(
                    "CONNECT", "220 scripted",
                    "EHLO", "250-scripted\r\n250-8BITMIME\r\n250 AUTH PLAIN",
                    "AUTH", "235 2.7.0 welcome",
                    "MAIL", "250 2.1.0 ok",
                    "RCPT", "250 2.1.5 ok",
                    "DATA", "354 go on",
                    "END", "250 2.0.0 queued",
                    "RSET", "250 ok",
                    "NOOP", "250 ok",
                    "QUIT", "221 bye");

    private final Map<String, Queue<String>> orders = new ConcurrentHashMap<>();
    private final Map<String, String> always = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private volatile Duration slowness = Duration.ZERO;

    public ScriptedSmtp() {
        this(0);
    }

    /** On a port that was free a moment ago, such as that of a server that was closed. */
    public ScriptedSmtp(int port) {
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().name("scripted-smtp").start(this::accept);
    }

    /** The next time at that moment, answers so. Orders for one moment are taken in their order. */
    public ScriptedSmtp once(String moment, String answer) {
        synchronized (orders) {
            orders.computeIfAbsent(moment, _ -> new ArrayDeque<>()).add(answer);
        }
        return this;
    }

    /** Every time at that moment, answers so. */
    public ScriptedSmtp always(String moment, String answer) {
        always.put(moment, answer);
        return this;
    }

    public ScriptedSmtp asUsual(String moment) {
        always.remove(moment);
        return this;
    }

    /** Takes so long before it answers to a mail's last line. */
    public ScriptedSmtp slow(Duration delay) {
        slowness = delay;
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    public List<Received> accepted() {
        return received.stream().filter(Received::accepted).toList();
    }

    /** How many conversations were begun. */
    public int connections() {
        return connections.get();
    }

    /** Cuts the conversations that are open, as a server does with idle ones. */
    public void cutAll() {
        open.forEach(ScriptedSmtp::cut);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        cutAll();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            talk(
                    new BufferedInputStream(socket.getInputStream(), 1 << 16),
                    socket.getOutputStream());
        } catch (IOException | Cut gone) {
            // The client went, or we were told to cut.
        } finally {
            open.remove(socket);
        }
    }

    private void talk(InputStream in, OutputStream out) throws IOException, Cut {
        say(out, answer("CONNECT"));
        String from = "";
        String to = "";
        for (String line = line(in); line != null; line = line(in)) {
            String verb = line.split(" ")[0].toUpperCase(Locale.ROOT);
            String moment = verb.equals("HELO") ? "EHLO" : verb;
            String answer = USUAL.containsKey(moment) ? answer(moment) : "500 what?";
            say(out, answer);
            switch (moment) {
                case "MAIL" -> from = line;
                case "RCPT" -> to = line;
                case "DATA" -> {
                    if (answer.startsWith("3")) {
                        mail(in, out, from, to);
                    }
                }
                case "QUIT" -> {
                    return;
                }
                default -> {}
            }
        }
    }

    private void mail(InputStream in, OutputStream out, String from, String to)
            throws IOException, Cut {
        byte[] bytes = data(in);
        String answer = next("END");
        received.add(new Received(address(from), address(to), bytes, answer));
        if (!slowness.isZero()) {
            try {
                Thread.sleep(slowness);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        say(out, checked(answer));
    }

    /** RFC 5321, 4.5.2: a leading dot was doubled. */
    private static byte[] data(InputStream in) throws IOException, Cut {
        var bytes = new ByteArrayOutputStream(1 << 16);
        int matched = 0;
        String lineStart = "\r\n.";
        boolean atStart = true;
        while (true) {
            int each = in.read();
            if (each < 0) {
                throw new Cut();
            }
            if (atStart && each == '.') {
                atStart = false;
                int after = in.read();
                if (after == '\r') {
                    in.read();
                    return bytes.toByteArray();
                }
                bytes.write(after);
                matched = after == '\r' ? 1 : 0;
                continue;
            }
            bytes.write(each);
            matched = each == lineStart.charAt(matched) ? matched + 1 : each == '\r' ? 1 : 0;
            atStart = matched == 2;
            if (atStart) {
                matched = 0;
            }
        }
    }

    private String answer(String moment) throws Cut {
        return checked(next(moment));
    }

    private String next(String moment) {
        synchronized (orders) {
            var queue = orders.get(moment);
            if (queue != null && !queue.isEmpty()) {
                return queue.remove();
            }
        }
        return always.getOrDefault(moment, USUAL.get(moment));
    }

    private static String checked(String answer) throws Cut {
        if (answer.equals(CUT)) {
            throw new Cut();
        }
        return answer;
    }

    private static void say(OutputStream out, String answer) throws IOException {
        out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int each = in.read(); each >= 0; each = in.read()) {
            if (each == '\n') {
                return text.toString().strip();
            }
            text.append((char) each);
        }
        return null;
    }

    private static String address(String command) {
        int start = command.indexOf('<');
        int end = command.indexOf('>');
        return start < 0 || end < start ? command : command.substring(start + 1, end);
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Cut extends Exception {}
}
