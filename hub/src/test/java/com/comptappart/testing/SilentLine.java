package com.comptappart.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.regex.Pattern;

/**
 * A line to a server that can go dead as when its host vanishes: what is sent is lost, nothing
 * comes back, and no connection is refused or ended.
 */
public final class SilentLine implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("//127\\.0\\.0\\.1:([0-9]+)/");

    private final ServerSocket door;
    private final int port;
    private volatile int era;
    private volatile boolean silent;

    private SilentLine(int port) throws IOException {
        this.port = port;
        door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** A line to the server of that JDBC address. */
    public static SilentLine to(String url) throws IOException {
        var address = ADDRESS.matcher(url);
        if (!address.find()) {
            throw new IllegalArgumentException(url);
        }
        return new SilentLine(Integer.parseInt(address.group(1)));
    }

    /** The same address, by way of this line. */
    public String by(String url) {
        return ADDRESS.matcher(url).replaceFirst("//127.0.0.1:" + door.getLocalPort() + "/");
    }

    public void fallSilent() {
        era++;
        silent = true;
    }

    /** For new connections; those that were there stay dead. */
    public void speak() {
        silent = false;
    }

    private void accept() {
        try {
            while (true) {
                var near = door.accept();
                if (!silent) {
                    var far = new Socket(InetAddress.getLoopbackAddress(), port);
                    int of = era;
                    Thread.ofVirtual().start(() -> carry(near, far, of));
                    Thread.ofVirtual().start(() -> carry(far, near, of));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void carry(Socket from, Socket to, int of) {
        byte[] some = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                if (of == era) {
                    out.write(some, 0, read);
                }
            }
            if (of == era) {
                to.close();
            }
        } catch (IOException ended) {
            // By one of the two.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
