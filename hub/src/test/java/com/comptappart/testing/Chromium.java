package com.comptappart.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real browser, Debian's Chromium driven by Playwright, for the thread that started it. Where
 * there is none, the tests that need one are skipped and say so; {@code
 * COMPTAPPART_TESTS_NEED_CHROMIUM=1} makes that a failure.
 */
public final class Chromium implements AutoCloseable {

    private static final String NEEDED = "COMPTAPPART_TESTS_NEED_CHROMIUM";
    private static final String OWN = "COMPTAPPART_TESTS_CHROMIUM";
    private static final List<String> USUAL =
            List.of(
                    "/usr/bin/chromium",
                    "/usr/bin/chromium-browser",
                    "/usr/bin/google-chrome",
                    "/Applications/Chromium.app/Contents/MacOS/Chromium",
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    public static Chromium start() {
        var path = installed();
        if (path.isEmpty()) {
            String missing =
                    "Chromium is in none of %s; install it or name it in %s".formatted(USUAL, OWN);
            if ("1".equals(System.getenv(NEEDED))) {
                throw new AssertionError(missing);
            }
            Assumptions.abort(missing);
        }
        var playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(path.get())
                                        .setChromiumSandbox(false)
                                        .setArgs(List.of("--disable-gpu")));
        return new Chromium(playwright, browser);
    }

    private static Optional<Path> installed() {
        return Stream.concat(Stream.ofNullable(System.getenv(OWN)), USUAL.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A browser of its own, without cookies, for someone who reads that language. */
    public Visit visit(String origin, String language) {
        return visit(origin, language, true);
    }

    public Visit visit(String origin, String language, boolean withScripts) {
        return new Visit(
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setLocale(language)
                                .setBaseURL(origin)
                                .setJavaScriptEnabled(withScripts)),
                origin);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
