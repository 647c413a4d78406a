package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/**
 * The API to try, in test mode: each call of its running description as a form. What comes is the
 * key's right and nobody else's, and the key is gone with the answer.
 */
@Controller
@May(Act.TRY)
@RequestMapping("/console/{partner}/{environment:test}/developpeurs/explorateur")
class ExplorerPages {

    private static final String OPERATION = "/{operation:[A-Za-z]{1,60}}";

    private final OwnApi api;
    private final TestKey key;

    ExplorerPages(OwnApi api, TestKey key) {
        this.api = api;
        this.key = key;
    }

    @GetMapping
    String list(Place place, Model model) {
        var groups = new LinkedHashMap<String, List<ApiOperation>>();
        ApiOperation.all(api.document())
                .forEach(each ->
                        groups.computeIfAbsent(each.group(), _ -> new java.util.ArrayList<>())
                                .add(each));
        model.addAttribute("groups", groups);
        model.addAttribute("base", place.path("/developpeurs/explorateur/"));
        return "console/explorer";
    }

    @GetMapping(OPERATION)
    ModelAndView form(Place place, @PathVariable String operation) {
        var call = find(operation);
        return page(place, call, Map.of("body", call.example()), HttpStatus.OK);
    }

    @PostMapping(OPERATION)
    ModelAndView run(
            Place place,
            Words words,
            @PathVariable String operation,
            @RequestParam Map<String, String> form,
            Acts acts) {
        var call = find(operation);
        String given = form.getOrDefault("key", "").strip();
        String problem = problem(place, words, call, given, form);
        if (!problem.isEmpty()) {
            return page(place, call, form, HttpStatus.BAD_REQUEST).addObject("problem", problem);
        }
        String address = call.address(form);
        var headers = call.headers(form);
        String body = call.takesBody() ? form.getOrDefault("body", "") : null;
        var answer =
                acts.of("api.tried", call.id())
                        .givingBeyond(() -> api.call(call.method(), address, headers, given, body));
        return page(place, call, form, HttpStatus.OK)
                .addObject("curl", curl(call, address, headers, body))
                .addObject("answer", ExplorerAnswer.of(words, answer));
    }

    private String problem(
            Place place, Words words, ApiOperation call, String given, Map<String, String> form) {
        var missing = call.missing(form);
        if (!missing.isEmpty()) {
            return words.text("explorer.missing", String.join(", ", missing));
        }
        try {
            key.check(place, given);
            return "";
        } catch (Refused refused) {
            return words.text("explorer." + refused.code());
        }
    }

    private String curl(
            ApiOperation call, String address, Map<String, String> headers, @Nullable String body) {
        String base = api.document().path("servers").path(0).path("url").asString("");
        return CurlCommand.ofCall(call.method(), base + address, headers, body);
    }

    private ApiOperation find(String id) {
        return ApiOperation.all(api.document()).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        Refused.notFound(
                                "operation_not_found", "the API has no such call for partners"));
    }

    /** With what was typed, but for the key. */
    private static ModelAndView page(
            Place place, ApiOperation call, Map<String, String> form, HttpStatus status) {
        var typed = new LinkedHashMap<>(form);
        typed.remove("key");
        typed.remove("_csrf");
        var page = new ModelAndView("console/explorer-call", status);
        page.addObject("call", call);
        page.addObject("typed", typed);
        page.addObject("action", place.path("/developpeurs/explorateur/" + call.id()));
        page.addObject("list", place.path("/developpeurs/explorateur"));
        return page;
    }
}
