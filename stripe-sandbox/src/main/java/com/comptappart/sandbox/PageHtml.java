package com.comptappart.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The frame of the payment pages; everything that comes from outside passes through {@link #text}.
 */
final class PageHtml {

    private static final String STYLE = style();

    private final Words words;

    PageHtml(Words words) {
        this.words = words;
    }

    Words words() {
        return words;
    }

    String page(String title, String main) {
        return """
        <!doctype html>
        <html lang="%s">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>%s</title>
        <style>%s</style>
        </head>
        <body>
        <p class="banner">%s</p>
        <main>
        %s
        </main>
        </body>
        </html>
        """
                .formatted(words.language(), text(title), STYLE, text(words.banner()), main);
    }

    String notice(String message, String link) {
        String onward =
                isWebAddress(link)
                        ? "<p><a href=\"%s\">%s</a></p>"
                                .formatted(
                                        text(link),
                                        text(words.say("Retour à la boutique", "Back to the shop")))
                        : "";
        return page(
                message,
                "<section class=\"notice\"><h1>%s</h1>%s</section>"
                        .formatted(text(message), onward));
    }

    static String text(String given) {
        var escaped = new StringBuilder(given.length() + 16);
        for (int i = 0; i < given.length(); i++) {
            char c = given.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    static boolean isWebAddress(String link) {
        return link.startsWith("http://") || link.startsWith("https://");
    }

    private static String style() {
        try (var stream = PageHtml.class.getResourceAsStream("pay.css")) {
            if (stream == null) {
                throw new IllegalStateException("pay.css is missing from the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
