package com.comptappart.bench;

import java.io.IOException;
import java.util.List;

/** A kept connection to one of several nodes, to the next one after each failure; one thread. */
final class NodeLine implements AutoCloseable {

    private final List<Integer> ports;
    private int at;
    private HttpLine line;

    NodeLine(List<Integer> ports, int first) {
        this.ports = List.copyOf(ports);
        at = first % ports.size();
        line = new HttpLine(this.ports.get(at));
    }

    /** As {@link HttpLine#post}. */
    int post(String path, String headers, byte[] body) throws IOException {
        try {
            return line.post(path, headers, body);
        } catch (IOException e) {
            line.close();
            at = (at + 1) % ports.size();
            line = new HttpLine(ports.get(at));
            throw e;
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
