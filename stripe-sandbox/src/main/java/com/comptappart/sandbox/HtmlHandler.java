package com.comptappart.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A page of the sandbox: strict headers, and errors that are told instead of thrown. */
abstract class HtmlHandler implements HttpHandler {

    static final String HTML = "text/html; charset=utf-8";

    private static final Logger LOG = LoggerFactory.getLogger(HtmlHandler.class);

    abstract void respond(HttpExchange exchange) throws IOException;

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getResponseHeaders();
            headers.set(
                    "Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            try {
                respond(exchange);
            } catch (Refusal refusal) {
                Http.answer(exchange, refusal.status(), "text/plain", refusal.words());
            } catch (RuntimeException bug) {
                LOG.error("A page of the sandbox failed; it is answered with a 500.", bug);
                Http.answer(exchange, 500, "text/plain", "The sandbox failed; its log says why.");
            }
        }
    }
}
