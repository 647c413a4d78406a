package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The secret of an endpoint: shown again, replaced, and the end of those that it replaced. */
@Controller
@May(Act.ENDPOINTS)
@RequestMapping("/console/{partner}/{environment:test|live}/integration/{endpoint:we_[A-Za-z0-9]+}")
class SecretPages {

    /** How long old and new may sign together, in hours. */
    private static final List<Integer> OVERLAPS = List.of(24, 1, 72, 168, 720, 0);

    /** A choice of overlap. */
    record Overlap(int hours, String text) {}

    private final PartnerEndpoints found;
    private final Endpoints endpoints;
    private final SameVisitor visitor;
    private final Clock clock;

    SecretPages(PartnerEndpoints found, Endpoints endpoints, SameVisitor visitor, Clock clock) {
        this.found = found;
        this.endpoints = endpoints;
        this.visitor = visitor;
        this.clock = clock;
    }

    static Once shown(Place place, Words words, String title, Endpoints.WithSecret made) {
        return once(place, words, title, made.endpoint(), made.secret());
    }

    private static Once once(
            Place place, Words words, String title, Endpoint endpoint, String secret) {
        return new Once(
                words.text(title),
                words.text("secret.once"),
                secret,
                PartnerEndpoints.path(place, endpoint));
    }

    @GetMapping("/secret")
    String ask(Place place, @PathVariable String endpoint, Visitor signedIn, Model model) {
        return asked(place, found.get(place, endpoint), signedIn, model);
    }

    @PostMapping("/secret")
    String show(
            Place place,
            Words words,
            @PathVariable String endpoint,
            @RequestParam(defaultValue = "") String key,
            Visitor signedIn,
            Acts acts,
            HttpServletRequest request,
            Model model) {
        var known = found.get(place, endpoint);
        try {
            visitor.check(signedIn, key, request);
        } catch (Refused refused) {
            model.addAttribute("problem", words.text("reauth." + refused.code()));
            return asked(place, known, signedIn, model);
        }
        return once(
                        place,
                        words,
                        "secret.again",
                        known,
                        acts.of("endpoint.secret-shown", known.id())
                                .giving(() -> endpoints.secret(known), _ -> known.id()))
                .shown(model);
    }

    private static String asked(Place place, Endpoint endpoint, Visitor signedIn, Model model) {
        model.addAttribute("byKey", signedIn.person() == null);
        model.addAttribute("action", PartnerEndpoints.path(place, endpoint) + "/secret");
        model.addAttribute("url", endpoint.url());
        model.addAttribute("back", PartnerEndpoints.path(place, endpoint));
        return "console/secret";
    }

    @GetMapping("/rotation")
    String rotation(Place place, Words words, @PathVariable String endpoint, Model model) {
        var known = found.get(place, endpoint);
        model.addAttribute("action", PartnerEndpoints.path(place, known) + "/rotation");
        model.addAttribute("url", known.url());
        model.addAttribute("back", PartnerEndpoints.path(place, known));
        model.addAttribute(
                "overlaps",
                OVERLAPS.stream()
                        .map(hours -> new Overlap(hours, words.text("rotation.overlap." + hours)))
                        .toList());
        model.addAttribute("old", old(words, known));
        return "console/rotation";
    }

    @PostMapping("/rotation")
    String rotate(
            Place place,
            Words words,
            @PathVariable String endpoint,
            @RequestParam(defaultValue = "24") int hours,
            Acts acts,
            Model model,
            RedirectAttributes flash) {
        var known = found.get(place, endpoint);
        try {
            var made =
                    acts.of("endpoint.secret-rotated", known.id())
                            .with("overlap-hours", Integer.toString(hours))
                            .giving(
                                    () -> endpoints.rotateSecret(known, Duration.ofHours(hours)),
                                    _ -> known.id());
            return shown(place, words, "secret.rotated", made).shown(model);
        } catch (Refused refused) {
            flash.addFlashAttribute("refused", EndpointForm.said(words, refused));
            return "redirect:" + PartnerEndpoints.path(place, known);
        }
    }

    @GetMapping("/anciens-secrets")
    String revocation(Place place, Words words, @PathVariable String endpoint, Model model) {
        var known = found.get(place, endpoint);
        String back = PartnerEndpoints.path(place, known);
        var effects = new ArrayList<String>();
        effects.add(words.text("revoke-old.effect1", endpoints.oldSecrets(known).size()));
        effects.add(words.text("revoke-old.effect2"));
        return new Sure(
                        words.text("revoke-old.title"),
                        effects,
                        back + "/anciens-secrets",
                        words.text("revoke-old.button"),
                        back)
                .asked(model);
    }

    @PostMapping("/anciens-secrets")
    String revoke(Place place, @PathVariable String endpoint, Acts acts, RedirectAttributes flash) {
        var known = found.get(place, endpoint);
        return acts.of("endpoint.old-secret-revoked", known.id())
                .done(
                        flash,
                        "act.old-secrets-revoked",
                        PartnerEndpoints.path(place, known),
                        () -> endpoints.revokeOldSecret(known));
    }

    /** « signe jusqu’au … (dans 23 h) », the last replaced first. */
    List<String> old(Words words, Endpoint endpoint) {
        return endpoints.oldSecrets(endpoint).stream()
                .map(until ->
                        words.text(
                                "secret.old",
                                words.time(until),
                                left(words, Duration.between(clock.instant(), until))))
                .toList();
    }

    private static String left(Words words, Duration left) {
        if (left.toHours() >= 48) {
            return words.text("left.days", left.toDays());
        }
        return left.toHours() >= 1
                ? words.text("left.hours", left.toHours())
                : words.text("left.minutes", Math.max(1, left.toMinutes()));
    }
}
