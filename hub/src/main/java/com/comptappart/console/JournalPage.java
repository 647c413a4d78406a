package com.comptappart.console;

import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.people.AuditLog;
import com.comptappart.people.EmailAddress;
import com.comptappart.people.People;
import com.comptappart.people.Person;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Who did what, when and from where. */
@Controller
@May(Act.JOURNAL)
class JournalPage {

    private static final int ROWS = 50;

    /** What the filter offers; the words are {@code audit.kind.…}. */
    private static final List<String> KINDS =
            List.of(
                    "api",
                    "api-key",
                    "checkout",
                    "declaration",
                    "document",
                    "endpoint",
                    "event",
                    "mail",
                    "notification",
                    "order",
                    "partner",
                    "person",
                    "refund",
                    "session",
                    "subscription",
                    "team");

    /** What a person typed into the filters; days are those of Paris. */
    record Typed(String qui, String quoi, String du, String au) {
        Typed {
            qui = qui == null ? "" : qui.strip();
            quoi = quoi == null ? "" : quoi;
            du = du == null ? "" : du;
            au = au == null ? "" : au;
        }

        public boolean nothing() {
            return qui.isEmpty() && quoi.isEmpty() && du.isEmpty() && au.isEmpty();
        }
    }

    /** A kind that the filter offers. */
    record Kind(String code, String name, boolean chosen) {}

    /** An entry as a row. */
    record Row(
            String time,
            String machineTime,
            String actor,
            String actorId,
            String act,
            String object,
            String detail,
            String where,
            String address,
            String browser) {}

    private final AuditLog log;
    private final People people;
    private final Places places;

    JournalPage(AuditLog log, People people, Places places) {
        this.log = log;
        this.people = people;
        this.places = places;
    }

    @GetMapping("/console/{partner}/{environment:test|live}/reglages/journal")
    String list(
            Place place,
            Words words,
            Typed typed,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var page = log.list(filter(place, typed), new PageRequest(ROWS, after));
        model.addAttribute("rows", page.data().stream().map(each -> row(words, each)).toList());
        model.addAttribute("typed", typed);
        model.addAttribute(
                "kinds",
                KINDS.stream()
                        .map(kind ->
                                new Kind(
                                        kind,
                                        words.text("audit.kind." + kind),
                                        kind.equals(typed.quoi())))
                        .toList());
        model.addAttribute("first", after == null ? null : address(place, typed, null));
        model.addAttribute(
                "next",
                page.nextCursor() == null ? null : address(place, typed, page.nextCursor()));
        return "console/journal";
    }

    private AuditLog.Filter filter(Place place, Typed typed) {
        return new AuditLog.Filter(
                place.partner(),
                place.environment(),
                typed.qui().isEmpty() ? null : actor(typed.qui()),
                typed.quoi().isEmpty() ? null : typed.quoi(),
                typed.du().isEmpty() ? null : midnight(typed.du(), 0),
                typed.au().isEmpty() ? null : midnight(typed.au(), 1));
    }

    /** The id of who has that address, or what was typed: a key's id is known by itself. */
    private String actor(String typed) {
        return typed.contains("@")
                ? people.find(new EmailAddress(typed)).map(Person::id).orElse(typed)
                : typed;
    }

    private static Instant midnight(String day, int later) {
        try {
            return LocalDate.parse(day).plusDays(later).atStartOfDay(Paris.ZONE).toInstant();
        } catch (DateTimeParseException e) {
            throw Refused.invalid("day_invalid", "a day such as 2026-11-30, not " + day);
        }
    }

    private Row row(Words words, AuditLog.Entry entry) {
        var deed = entry.deed();
        String detail =
                deed.detail().entrySet().stream()
                        .sorted(java.util.Map.Entry.comparingByKey())
                        .map(each ->
                                words.ofCode("audit.detail.", each.getKey())
                                        + " "
                                        + words.ofCode("role.", each.getValue()))
                        .collect(Collectors.joining(", "));
        return new Row(
                words.exactTime(entry.at()),
                Words.machine(entry.at()),
                deed.actor().name(),
                deed.actor().id(),
                words.ofCode("audit.", deed.act()),
                deed.object(),
                detail,
                where(words, deed.partner()),
                deed.actor().address(),
                deed.actor().browser());
    }

    private String where(Words words, @Nullable PartnerId partner) {
        if (partner == null) {
            return words.text("team.hub");
        }
        return PartnerId.UNASSIGNED.equals(partner)
                ? words.text("place.unassigned")
                : places.word(partner);
    }

    private static String address(Place place, Typed typed, @Nullable String after) {
        var address = UriComponentsBuilder.fromPath(place.path("/reglages/journal"));
        Cursors.add(address, "qui", typed.qui());
        Cursors.add(address, "quoi", typed.quoi());
        Cursors.add(address, "du", typed.du());
        Cursors.add(address, "au", typed.au());
        Cursors.add(address, "after", after);
        return address.encode().build().toUriString();
    }
}
