package com.comptappart.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The frame of the demo's pages, in French unless the browser asks for English. */
record Html(boolean english) {

    private static final String STYLE = style();
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    static Html of(Site.Request request) {
        String wanted = request.header("accept-language").toLowerCase(Locale.ROOT);
        return new Html(wanted.startsWith("en"));
    }

    String say(String french, String inEnglish) {
        return english ? inEnglish : french;
    }

    String page(String title, String where, String main) {
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
        <header><div><a class="home" href="/">%s</a><span>%s</span></div></header>
        <main>
        %s
        </main>
        </body>
        </html>
        """
                .formatted(
                        english ? "en" : "fr",
                        text(title),
                        STYLE,
                        text(where),
                        text(say("démonstration ComptAppart", "ComptAppart demo")),
                        main);
    }

    Site.Answer notFound(String where) {
        String words = say("Cette page n'existe pas.", "There is no such page.");
        return Site.Answer.html(404, page(words, where, "<h1>" + text(words) + "</h1>"));
    }

    static String time(Instant at) {
        return CLOCK.format(at.atZone(ZoneId.systemDefault()));
    }

    /** Everything that comes from outside passes through here. */
    static String text(String given) {
        return given.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String style() {
        try (var stream = Html.class.getResourceAsStream("demo.css")) {
            if (stream == null) {
                throw new IllegalStateException("demo.css is missing from the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
