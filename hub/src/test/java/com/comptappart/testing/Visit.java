package com.comptappart.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.WaitUntilState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One window of a browser that counts what a page does wrong. */
public final class Visit implements AutoCloseable {

    private static final String AXE = axe();
    private static final double WITHIN_MILLIS = 15_000;

    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new ArrayList<>();
    private int clicks;

    Visit(BrowserContext context, String origin) {
        this.context = context;
        context.setDefaultTimeout(WITHIN_MILLIS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                faults.add("console: " + message.text());
            }
        });
        page.onPageError(error -> faults.add("script: " + error));
        page.onRequest(request -> {
            // Chromium shows a PDF by files of its own, which are not of the network.
            if (request.url().startsWith("http") && !request.url().startsWith(origin + "/")) {
                faults.add("asks another host: " + request.url());
            }
        });
    }

    public Page page() {
        return page;
    }

    public Visit open(String path) {
        page.navigate(path);
        return this;
    }

    /** Clicks on a link or button by what is written on it; one act of a person. */
    public Visit click(String written) {
        var both =
                page.locator("a:visible, button:visible, summary:visible")
                        .filter(
                                new com.microsoft.playwright.Locator.FilterOptions()
                                        .setHasText(written));
        return clickOn(both.first());
    }

    public Visit clickOn(com.microsoft.playwright.Locator there) {
        try {
            there.click();
        } catch (TimeoutError e) {
            throw new AssertionError(page.url() + " shows " + text(), e);
        }
        clicks++;
        return this;
    }

    public Visit fill(String label, String text) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(false)).first().fill(text);
        return this;
    }

    /** What is read on the page. */
    public String text() {
        return page.locator("body").innerText();
    }

    public int clicks() {
        return clicks;
    }

    /** What went wrong since the last time that this was asked. */
    public List<String> faults() {
        var found = List.copyOf(faults);
        faults.clear();
        return found;
    }

    /** What axe finds against WCAG 2.2 AA on the page as it is shown now, one line each. */
    public List<String> violations() {
        if (!(boolean) page.evaluate("() => 'axe' in window")) {
            page.evaluate(AXE);
        }
        String found =
                (String)
                        page.evaluate(
                                """
                                async () => {
                                  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
                                  const late = new Promise((_, no) => setTimeout(() => no('axe took over 20 s'), 20000));
                                  const run = axe.run(document, {runOnly: tags, rules: {'target-size': {enabled: true}},
                                    resultTypes: ['violations'], iframes: false});
                                  const result = await Promise.race([run, late]);
                                  return JSON.stringify(result.violations.map(v => ({id: v.id, help: v.help,
                                    where: v.nodes.map(n => n.target.join(' ') + ': ' + n.failureSummary)})));
                                }
                                """);
        JsonArray all = JsonParser.parseString(found).getAsJsonArray();
        return all.asList().stream().map(Visit::line).toList();
    }

    private static String line(JsonElement violation) {
        return violation.getAsJsonObject().get("id").getAsString()
                + " "
                + violation.getAsJsonObject().get("where");
    }

    /** How many CSS pixels one can scroll sideways. */
    public int sideways() {
        return (int)
                page.evaluate(
                        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** What one can act on with a mouse but not by Tab, or is not shown to be on. */
    public List<String> missedByKeyboard() {
        int count =
                (int)
                        page.evaluate(
                                """
                                () => {
                                  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [onclick]')];
                                  window.todo = new Map(all.filter(e => !e.disabled && e.type !== 'hidden' && e.checkVisibility())
                                    .map(e => [e.type === 'radio' ? e.form.action + e.name : e, e.outerHTML.slice(0, 200)]));
                                  window.unseen = new Set();
                                  return all.length;
                                }
                                """);
        for (int i = 0; i < count + 10; i++) {
            page.keyboard().press("Tab");
            page.evaluate(
                    """
                    () => {
                      const e = document.activeElement;
                      if (e === document.body) return;
                      window.todo.delete(e.type === 'radio' ? e.form.action + e.name : e);
                      const style = getComputedStyle(e);
                      const shows = e.matches('object, iframe, [type=date]') || style.outlineStyle !== 'none'
                        || style.boxShadow !== 'none';
                      if (!shows)
                        window.unseen.add('not shown: ' + e.outerHTML.slice(0, 200));
                    }
                    """);
        }
        var missed = (List<?>) page.evaluate("() => [...window.todo.values(), ...window.unseen]");
        return missed.stream().map(String::valueOf).toList();
    }

    /** Opens a page as who was never there, and counts the bytes that come, as they are sent. */
    public long loading(String path) {
        var sent = new AtomicLong();
        var line = context.newCDPSession(page);
        line.on(
                "Network.loadingFinished",
                event -> sent.addAndGet(event.get("encodedDataLength").getAsLong()));
        line.send("Network.enable");
        var cache = new JsonObject();
        cache.addProperty("cacheDisabled", true);
        line.send("Network.setCacheDisabled", cache);
        page.navigate(path, new Page.NavigateOptions().setWaitUntil(WaitUntilState.LOAD));
        page.waitForTimeout(50);
        line.detach();
        return sent.get();
    }

    private static String axe() {
        try (var stream = Visit.class.getResourceAsStream("/axe.min.js")) {
            if (stream == null) {
                throw new IllegalStateException("axe.min.js is not on the path of the tests");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
