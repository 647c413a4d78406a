package com.comptappart.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/** The sandbox's address itself leads people to its pages, everything else to the API. */
record Front(HttpHandler pages, HttpHandler api) implements HttpHandler {

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        boolean home = exchange.getRequestURI().getPath().equals("/");
        (home ? pages : api).handle(exchange);
    }
}
