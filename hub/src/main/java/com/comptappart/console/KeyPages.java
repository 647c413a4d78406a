package com.comptappart.console;

import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import com.comptappart.partner.KeyScopes;
import com.comptappart.people.Act;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The API keys of a partner in one environment. */
@Controller
@May(Act.KEYS)
@RequestMapping("/console/{partner}/{environment:test|live}/developpeurs/cles")
class KeyPages {

    private static final int ROWS = 25;
    private static final String KEY = "/{key:key_[A-Za-z0-9]+}";

    /** A key as a row: never the key itself. */
    record Row(
            String id,
            String page,
            String description,
            String scopes,
            String created,
            String used,
            Badge state,
            boolean live) {}

    private final ApiKeys keys;

    KeyPages(ApiKeys keys) {
        this.keys = keys;
    }

    @GetMapping
    String list(
            Place place,
            Words words,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var page =
                keys.list(
                        PartnerEndpoints.partner(place),
                        place.environment(),
                        new PageRequest(ROWS, after));
        String list = place.path("/developpeurs/cles");
        model.addAttribute(
                "keys", page.data().stream().map(each -> row(place, words, each)).toList());
        model.addAttribute("prefix", prefix(place));
        model.addAttribute("first", after == null ? null : list);
        model.addAttribute(
                "next", page.nextCursor() == null ? null : Cursors.after(list, page.nextCursor()));
        return "console/keys";
    }

    private static String prefix(Place place) {
        return "ca_" + place.environment().code() + "_…";
    }

    private static Row row(Place place, Words words, ApiKeys.Kept key) {
        var used = key.lastUsedAt();
        var codes = key.as().scopes().codes();
        return new Row(
                key.id(),
                place.path("/developpeurs/cles/" + key.id() + "/revoquer"),
                key.as().description(),
                codes == null ? words.text("keys.all-scopes") : String.join(", ", codes),
                words.time(key.createdAt()),
                used == null ? words.text("keys.never-used") : words.time(used),
                key.revokedAt() == null
                        ? Badge.ok(words.text("keys.live"))
                        : Badge.none(words.text("keys.revoked")),
                key.revokedAt() == null);
    }

    @GetMapping("/nouvelle")
    ModelAndView blank(Place place, Words words) {
        return form(place, words, "", true, List.of(), "", HttpStatus.OK);
    }

    /**
     * @param all ticked for whatever a key may do
     */
    @PostMapping("/nouvelle")
    ModelAndView create(
            Place place,
            Words words,
            @RequestParam(defaultValue = "") String description,
            @RequestParam(required = false) @Nullable String all,
            @RequestParam(required = false) @Nullable List<String> scopes,
            Visitor signedIn,
            Acts acts) {
        var partner = PartnerEndpoints.partner(place);
        var chosen = scopes == null ? List.<String>of() : scopes;
        try {
            var wanted = all != null ? KeyScopes.ALL : KeyScopes.of(List.copyOf(chosen));
            var made =
                    acts.of("api-key.created", "")
                            .giving(
                                    () ->
                                            keys.create(
                                                    new Caller.Operator(signedIn.id()),
                                                    new ApiKeys.Wanted(
                                                            partner,
                                                            place.environment(),
                                                            wanted,
                                                            description.strip())),
                                    ApiKeys.Created::id);
            var page = new ModelAndView("console/once");
            page.addObject(
                    "once",
                    new Once(
                            words.text("keys.created"),
                            words.text("keys.once"),
                            made.key(),
                            place.path("/developpeurs/cles")));
            return page;
        } catch (Refused refused) {
            return form(
                    place,
                    words,
                    description,
                    all != null,
                    chosen,
                    EndpointForm.said(words, refused),
                    HttpStatus.BAD_REQUEST);
        }
    }

    private static ModelAndView form(
            Place place,
            Words words,
            String description,
            boolean all,
            List<String> chosen,
            String problem,
            HttpStatus status) {
        PartnerEndpoints.partner(place);
        var page = new ModelAndView("console/key-form", status);
        page.addObject("description", description);
        page.addObject("all", all);
        page.addObject("problem", problem);
        page.addObject("prefix", prefix(place));
        page.addObject("action", place.path("/developpeurs/cles/nouvelle"));
        page.addObject("back", place.path("/developpeurs/cles"));
        page.addObject(
                "scopes",
                Arrays.stream(KeyScope.values())
                        .map(scope ->
                                new EndpointForm.Box(
                                        scope.code(),
                                        words.text("scope." + scope.name()),
                                        chosen.contains(scope.code())))
                        .toList());
        return page;
    }

    @GetMapping(KEY + "/revoquer")
    String revocation(Place place, Words words, @PathVariable String key, Model model) {
        var known = get(place, key);
        String list = place.path("/developpeurs/cles");
        String name = known.as().description().isEmpty() ? known.id() : known.as().description();
        var used = known.lastUsedAt();
        return new Sure(
                        words.text("keys.revoke.title", name),
                        List.of(
                                words.text("keys.revoke.effect1"),
                                used == null
                                        ? words.text("keys.revoke.unused")
                                        : words.text("keys.revoke.used", words.time(used))),
                        list + "/" + known.id() + "/revoquer",
                        words.text("keys.revoke.button"),
                        list)
                .asked(model);
    }

    @PostMapping(KEY + "/revoquer")
    String revoke(
            Place place,
            @PathVariable String key,
            Visitor signedIn,
            Acts acts,
            RedirectAttributes flash) {
        var known = get(place, key);
        return acts.of("api-key.revoked", known.id())
                .done(
                        flash,
                        "act.key-revoked",
                        place.path("/developpeurs/cles"),
                        () -> keys.revoke(new Caller.Operator(signedIn.id()), known.id()));
    }

    private ApiKeys.Kept get(Place place, String id) {
        return keys.find(PartnerEndpoints.partner(place), place.environment(), id)
                .filter(each -> each.revokedAt() == null)
                .orElseThrow(() ->
                        Refused.notFound(
                                "api_key_not_found", "there is no live API key " + id + " here"));
    }
}
