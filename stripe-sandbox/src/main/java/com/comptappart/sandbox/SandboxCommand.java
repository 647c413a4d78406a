package com.comptappart.sandbox;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The sandbox alone, until it is stopped: {@code [--port N] [--webhook URL]…}. Prints its address,
 * a key, and the secret of each webhook.
 */
public final class SandboxCommand {

    private static final int USUAL_PORT = 4242;

    private SandboxCommand() {}

    /** Runs until the process is ended; wrong options end it with status 2 and a sentence. */
    public static void main(String[] arguments) throws InterruptedException {
        int port = USUAL_PORT;
        var webhooks = new ArrayList<String>();
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        while (!left.isEmpty()) {
            String option = left.removeFirst();
            String value = left.isEmpty() ? "" : left.removeFirst();
            switch (option) {
                case "--port" -> port = port(value);
                case "--webhook" -> webhooks.add(webAddress(value));
                default ->
                        stop("there is no option '%s'; --port and --webhook are".formatted(option));
            }
        }
        run(port, webhooks);
    }

    private static void run(int port, List<String> webhooks) throws InterruptedException {
        StripeSandbox sandbox = start(port);
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
        IO.println("address          " + sandbox.url());
        IO.println("API key          " + sandbox.apiKey());
        for (String webhook : webhooks) {
            IO.println("webhook          " + webhook);
            IO.println("webhook secret   " + sandbox.addWebhookEndpoint(webhook));
        }
        IO.println("objects, events  " + sandbox.url() + "/");
        Thread.currentThread().join();
    }

    private static StripeSandbox start(int port) {
        try {
            return StripeSandbox.start(port);
        } catch (UncheckedIOException taken) {
            stop("port %d of 127.0.0.1 is taken; choose another with --port".formatted(port));
            throw taken;
        }
    }

    private static int port(String value) {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
            stop("--port takes a number from 0 (any free one) to 65535, not '%s'".formatted(value));
        }
        return Integer.parseInt(value);
    }

    private static String webAddress(String value) {
        if (!PageHtml.isWebAddress(value) || URI.create(value).getHost() == null) {
            stop("--webhook takes an address of http or https, not '%s'".formatted(value));
        }
        return value;
    }

    private static void stop(String why) {
        System.err.println("comptappart sandbox: " + why);
        System.exit(2);
    }
}
