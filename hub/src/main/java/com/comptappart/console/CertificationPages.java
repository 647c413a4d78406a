package com.comptappart.console;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.webhook.Certification;
import com.comptappart.webhook.Certifications;
import com.comptappart.webhook.EventTypes;
import com.comptappart.webhook.Probe;
import com.comptappart.webhook.ProbeCall;
import com.comptappart.webhook.Verdict;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Tries a test endpoint with the ten probes, or with one published body, and shows what came. */
@Controller
@May(Act.TRY)
@RequestMapping("/console/{partner}/{environment:test}/integration")
class CertificationPages {

    private static final int ROWS = 25;
    private static final String ENDPOINT = "/{endpoint:we_[A-Za-z0-9]+}";

    /** A run as a row. */
    record Row(
            String page,
            String title,
            Badge state,
            String time,
            String machineTime,
            String url,
            String endpoint) {}

    /** A probe as it is shown; one that was not made yet has no calls. */
    record Shown(
            String name,
            String sent,
            String expected,
            Badge verdict,
            String why,
            List<ShownCall> calls) {}

    /** One call of a probe. */
    record ShownCall(
            Badge came,
            String latency,
            String size,
            String advice,
            String error,
            String headers,
            String body,
            String answer) {}

    /** A published body that can be sent. */
    record Sample(String type, String text, String body) {}

    private final PartnerEndpoints found;
    private final Certifications certifications;

    CertificationPages(PartnerEndpoints found, Certifications certifications) {
        this.found = found;
        this.certifications = certifications;
    }

    @PostMapping(ENDPOINT + "/certification")
    String start(
            Place place,
            Words words,
            @PathVariable String endpoint,
            Visitor signedIn,
            Acts acts,
            RedirectAttributes flash) {
        var known = found.get(place, endpoint);
        try {
            var run =
                    acts.of("endpoint.certified", known.id())
                            .giving(
                                    () -> certifications.start(known, signedIn.id()),
                                    _ -> known.id());
            return "redirect:" + path(place, run);
        } catch (Refused refused) {
            return refused(words, flash, refused, PartnerEndpoints.path(place, known));
        }
    }

    @GetMapping(ENDPOINT + "/exemples")
    String samples(Place place, Words words, @PathVariable String endpoint, Model model) {
        var known = found.get(place, endpoint);
        model.addAttribute("url", known.url());
        model.addAttribute("page", PartnerEndpoints.path(place, known));
        model.addAttribute(
                "samples",
                EventTypes.known().stream()
                        .map(type ->
                                new Sample(
                                        type,
                                        words.text("type." + type),
                                        Certifications.sample(type)))
                        .toList());
        return "console/samples";
    }

    @PostMapping(ENDPOINT + "/exemples")
    String send(
            Place place,
            Words words,
            @PathVariable String endpoint,
            @RequestParam(defaultValue = "") String type,
            Visitor signedIn,
            Acts acts,
            RedirectAttributes flash) {
        var known = found.get(place, endpoint);
        try {
            var run =
                    acts.of("endpoint.sample-sent", known.id())
                            .giving(
                                    () -> certifications.send(known, type, signedIn.id()),
                                    _ -> known.id());
            return "redirect:" + path(place, run);
        } catch (Refused refused) {
            return refused(
                    words, flash, refused, PartnerEndpoints.path(place, known) + "/exemples");
        }
    }

    private static String refused(
            Words words, RedirectAttributes flash, Refused refused, String back) {
        flash.addFlashAttribute("refused", EndpointForm.said(words, refused));
        return "redirect:" + back;
    }

    @GetMapping("/certifications")
    String list(
            Place place,
            Words words,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var page =
                certifications.list(PartnerEndpoints.partner(place), new PageRequest(ROWS, after));
        String list = place.path("/integration/certifications");
        model.addAttribute(
                "rows", page.data().stream().map(each -> row(place, words, each)).toList());
        model.addAttribute("first", after == null ? null : list);
        model.addAttribute(
                "next", page.nextCursor() == null ? null : Cursors.after(list, page.nextCursor()));
        return "console/certifications";
    }

    @GetMapping("/certifications/{certification:cert_[A-Za-z0-9]+}")
    String show(
            Place place,
            Words words,
            @PathVariable String certification,
            HttpServletResponse response,
            Model model) {
        var run =
                certifications
                        .find(PartnerEndpoints.partner(place), certification)
                        .orElseThrow(() ->
                                Refused.notFound(
                                        "certification_not_found",
                                        "there is no certification " + certification + " here"));
        if (!run.ended()) {
            response.setHeader("Refresh", "2");
        }
        model.addAttribute("run", row(place, words, run));
        model.addAttribute("whole", run.whole());
        model.addAttribute("ended", run.ended());
        model.addAttribute("passed", run.passed());
        model.addAttribute("probes", probes(words, run));
        return "console/certification";
    }

    private List<Shown> probes(Words words, Certification run) {
        var shown = new ArrayList<Shown>();
        var made = certifications.results(run);
        made.forEach(result ->
                shown.add(
                        new Shown(
                                words.text("probe." + result.probe().code()),
                                words.text("probe." + result.probe().code() + ".sent"),
                                words.text("probe." + result.probe().code() + ".expected"),
                                badge(words, result.verdict()),
                                why(words, result.probe(), result.verdict()),
                                result.calls().stream()
                                        .map(call -> call(words, call, result.verdict()))
                                        .toList())));
        if (run.whole()) {
            Probe.all().stream()
                    .skip(made.size())
                    .forEach(probe -> shown.add(notMade(words, probe, run.ended())));
        }
        return shown;
    }

    private static Shown notMade(Words words, Probe probe, boolean ended) {
        return new Shown(
                words.text("probe." + probe.code()),
                words.text("probe." + probe.code() + ".sent"),
                words.text("probe." + probe.code() + ".expected"),
                ended
                        ? Badge.none(words.text("verdict.not_tried"))
                        : Badge.waiting(words.text("verdict.waiting")),
                "",
                List.of());
    }

    private static Badge badge(Words words, Verdict verdict) {
        String word = words.text("verdict." + verdict.code());
        if (verdict == Verdict.NOT_TRIED) {
            return Badge.none(word);
        }
        if (!verdict.passed()) {
            return Badge.bad(word);
        }
        return verdict.warned() ? Badge.held(word) : Badge.ok(word);
    }

    /** What is wrong and what to do; empty where nothing is. */
    private static String why(Words words, Probe probe, Verdict verdict) {
        return switch (verdict) {
            case TAKEN, REFUSED -> "";
            case FORGERY_TAKEN, NOT_TAKEN -> words.text("probe." + probe.code() + ".failed");
            case TOO_LARGE, NOT_REFUSED, NO_ANSWER, NOT_TRIED ->
                    words.text("verdict." + verdict.code() + ".text");
        };
    }

    private static ShownCall call(Words words, ProbeCall call, Verdict verdict) {
        var diagnosis = call.diagnosis();
        String came = call.status() == 0 ? words.text("try.silent") : "HTTP " + call.status();
        return new ShownCall(
                verdict.passed() ? Badge.ok(came) : Badge.bad(came),
                String.format(Locale.ROOT, "%d ms", call.millis()),
                words.text("probe.bytes", call.bytes()),
                call.error().isEmpty() || diagnosis == null
                        ? ""
                        : (words.french() ? diagnosis.french() : diagnosis.english()),
                words.reason(call.error()),
                call.headers(),
                call.body(),
                call.answer());
    }

    static Row row(Place place, Words words, Certification run) {
        String endpoint =
                Place.path(place.word(), Environment.STAGING, "/integration/" + run.endpointId());
        return new Row(
                path(place, run),
                run.whole()
                        ? words.text("certification.whole")
                        : words.text("certification.sample", run.scenario()),
                state(words, run),
                words.exactTime(run.createdAt()),
                Words.machine(run.createdAt()),
                run.url(),
                endpoint);
    }

    private static Badge state(Words words, Certification run) {
        return switch (run.state()) {
            case WAITING -> Badge.waiting(words.text("certification.waiting"));
            case RUNNING ->
                    Badge.waiting(
                            words.text(
                                    "certification.running",
                                    Math.min(run.probes() + 1, Probe.all().size()),
                                    run.whole() ? Probe.all().size() : 1));
            case INTERRUPTED -> Badge.held(words.text("certification.interrupted"));
            case DONE ->
                    run.passed()
                            ? Badge.ok(words.text("certification.passed"))
                            : Badge.bad(words.text("certification.failed"));
        };
    }

    private static String path(Place place, Certification run) {
        return Place.path(
                place.word(), Environment.STAGING, "/integration/certifications/" + run.id());
    }
}
