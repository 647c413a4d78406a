package com.comptappart.console;

import com.comptappart.people.Act;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What is kept, how long and why; how to take it out, and what can't be erased. */
@Controller
@May(Act.SETTINGS)
class DataPage {

    private static final List<String> KEPT =
            List.of(
                    "invoices",
                    "orders",
                    "mails",
                    "notifications",
                    "attempts",
                    "declarations",
                    "stripe",
                    "keys",
                    "people",
                    "sessions",
                    "journal",
                    "idempotency");

    /** A kind of data as a row. */
    record Row(String what, String howLong, String why) {}

    /** A way out, with the call of the API that takes it. */
    record WayOut(String call, String text) {}

    @GetMapping("/console/{partner}/{environment:test|live}/reglages/donnees")
    String show(Place place, Words words, Model model) {
        PartnerEndpoints.partner(place);
        model.addAttribute(
                "rows",
                KEPT.stream()
                        .map(each ->
                                new Row(
                                        words.text("data." + each),
                                        words.text("data." + each + ".long"),
                                        words.text("data." + each + ".why")))
                        .toList());
        model.addAttribute(
                "ways",
                Stream.of("orders", "invoices", "notifications")
                        .map(each -> new WayOut("GET /v1/" + each, words.text("data.out." + each)))
                        .toList());
        return "console/data";
    }
}
