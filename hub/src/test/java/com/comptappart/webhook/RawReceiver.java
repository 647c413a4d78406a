package com.comptappart.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * A partner's server on loopback that answers byte by byte as it is told, also what no server may.
 */
final class RawReceiver implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: ([0-9]+)");

    /** What it says on a connection once it got a request on it. */
    interface Speech {
        void to(Speaker speaker) throws IOException;
    }

    /**
     * One request, and the connection that it came on.
     *
     * @param number of the request on its connection, from 1
     */
    record Speaker(Socket socket, String path, int number) {

        Speaker say(String text) throws IOException {
            return say(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        Speaker say(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            return this;
        }

        Speaker pause(Duration time) {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return this;
        }

        void close() throws IOException {
            socket.close();
        }
    }

    private final ServerSocket server;
    private final String scheme;
    private final Speech speech;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    RawReceiver(Speech speech) {
        this(port(), "http", speech);
    }

    RawReceiver(ServerSocket server, String scheme, Speech speech) {
        this.server = server;
        this.scheme = scheme;
        this.speech = speech;
        Thread.startVirtualThread(this::accept);
    }

    private static ServerSocket port() {
        try {
            return new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            for (int number = 1; !socket.isClosed(); number++) {
                String path = path(socket.getInputStream());
                if (path.isEmpty()) {
                    return;
                }
                requests.add(path);
                speech.to(new Speaker(socket, path, number));
            }
        } catch (IOException e) {
            // The hub went away first, or the test is over.
        }
    }

    /** Of the next request, read whole; empty where none comes. */
    private static String path(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        var length = LENGTH.matcher(head);
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return head.substring(0, head.indexOf("\r\n")).split(" ")[1];
    }

    String url(String path) {
        return scheme + "://127.0.0.1:" + server.getLocalPort() + path;
    }

    /** The paths that were called, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket each : connections) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
