package com.comptappart.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All servers of the bench, on loopback, in one thread: what it costs is taken from the hub. */
final class Doors implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;
    private static final int LARGEST_BUFFER = 4 * 1024 * 1024;

    private final Selector selector;
    private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST_BUFFER);
    private final Thread thread;
    private volatile boolean closing;

    Doors() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().name("bench-doors").daemon().unstarted(this::run);
    }

    /** One open connection. */
    private static final class Line {
        private final Conversation conversation;
        private ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
        private @Nullable ByteBuffer unsent;
        private boolean ending;

        private Line(Conversation conversation) {
            this.conversation = conversation;
        }
    }

    /** Opens a door on a free port and returns the port; all doors are opened before the start. */
    int open(Supplier<Conversation> conversations) {
        try {
            var server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT, conversations);
            return ((InetSocketAddress) server.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Doors start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
    }

    private void run() {
        try (selector) {
            while (!closing) {
                selector.select(this::serve);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept((ServerSocketChannel) key.channel(), (Supplier<?>) key.attachment());
                return;
            }
            var line = (Line) key.attachment();
            if (key.isWritable() && !flush(key, line)) {
                return;
            }
            if (key.isReadable()) {
                read(key, line);
            }
        } catch (IOException e) {
            // The other side went away, as a killed hub does: nothing is owed to it.
            hangUp(key);
        }
    }

    private void accept(ServerSocketChannel server, Supplier<?> conversations) throws IOException {
        SocketChannel channel = server.accept();
        while (channel != null) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var line = new Line((Conversation) conversations.get());
            var key = channel.register(selector, SelectionKey.OP_READ, line);
            send(key, line, ByteBuffer.wrap(line.conversation.greeting()));
            channel = server.accept();
        }
    }

    private void read(SelectionKey key, Line line) throws IOException {
        if (((SocketChannel) key.channel()).read(line.in) < 0) {
            hangUp(key);
            return;
        }
        out.clear();
        line.in.flip();
        line.ending = !line.conversation.received(line.in, out);
        line.in.compact();
        if (!line.in.hasRemaining()) {
            line.in = larger(line.in);
        }
        send(key, line, out.flip());
    }

    private void send(SelectionKey key, Line line, ByteBuffer bytes) throws IOException {
        if (bytes.hasRemaining()) {
            ((SocketChannel) key.channel()).write(bytes);
        }
        if (bytes.hasRemaining()) {
            line.unsent = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            key.interestOps(SelectionKey.OP_WRITE);
            return;
        }
        if (line.ending) {
            hangUp(key);
        }
    }

    /** Whether all that was owed is out and the line is still up. */
    private boolean flush(SelectionKey key, Line line) throws IOException {
        var unsent = line.unsent;
        if (unsent != null) {
            ((SocketChannel) key.channel()).write(unsent);
            if (unsent.hasRemaining()) {
                return false;
            }
            line.unsent = null;
        }
        if (line.ending) {
            hangUp(key);
            return false;
        }
        key.interestOps(SelectionKey.OP_READ);
        return true;
    }

    private static ByteBuffer larger(ByteBuffer full) throws IOException {
        if (full.capacity() >= LARGEST_BUFFER) {
            throw new IOException("a message of more than " + LARGEST_BUFFER + " bytes");
        }
        return ByteBuffer.allocateDirect(full.capacity() * 2).put(full.flip());
    }

    private static void hangUp(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            // closed is what it was to be
        }
    }
}
