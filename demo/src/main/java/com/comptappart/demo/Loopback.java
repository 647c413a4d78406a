package com.comptappart.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Nothing of the demo listens elsewhere than on this machine. */
final class Loopback {

    static final String HOST = "127.0.0.1";

    private Loopback() {}

    static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(HOST), port);
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // The last demo's closed connections don't make its port taken.
            socket.setReuseAddress(true);
            socket.bind(at(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** A port that must be known before its server starts: that one, or a free one for 0. */
    static int known(int port) {
        if (port != 0) {
            return port;
        }
        try (var socket = new ServerSocket()) {
            socket.bind(at(0));
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("no port of loopback is free", none);
        }
    }

    static String url(int port) {
        return "http://" + HOST + ":" + port;
    }
}
