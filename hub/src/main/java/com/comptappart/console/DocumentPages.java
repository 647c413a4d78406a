package com.comptappart.console;

import com.comptappart.accounting.Days;
import com.comptappart.accounting.DocumentsExport;
import com.comptappart.api.ExportStream;
import com.comptappart.invoice.DocumentFinder;
import com.comptappart.invoice.FoundDocument;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of invoices and credit notes, newest first, and a month of them as a ZIP. */
@Controller
@May(Act.READ)
@RequestMapping("/console/{partner}/{environment:test|live}/factures")
class DocumentPages {

    static final String PATH = "/factures";

    private static final int ROWS = 25;

    /** Of documents whose mail is not sent; those that are older are found by other filters. */
    private static final int MOST_UNSENT = 2_000;

    /** That are offered as a ZIP; an address with an older one works as well. */
    private static final int MONTHS = 36;

    /** A month to choose. */
    record Choice(String value, String text) {}

    private final DocumentFinder documents;
    private final Letters letters;
    private final SeriesLines series;
    private final DocumentsExport export;
    private final Clock clock;

    DocumentPages(
            DocumentFinder documents,
            Letters letters,
            SeriesLines series,
            DocumentsExport export,
            Clock clock) {
        this.documents = documents;
        this.letters = letters;
        this.series = series;
        this.export = export;
        this.clock = clock;
    }

    @GetMapping
    String list(
            Place place,
            Words words,
            DocumentSearch asked,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var numbers = letters.unsent(place, asked.mails(), MOST_UNSENT);
        var page =
                asked.filter(place, numbers)
                        .map(filter -> documents.list(filter, new PageRequest(ROWS, after)))
                        .orElseGet(() -> new Page<FoundDocument>(List.of(), null));
        model.addAttribute("rows", letters.rows(words, page.data()));
        model.addAttribute("asked", asked);
        model.addAttribute("series", series.of(place, words));
        model.addAttribute("months", months(words));
        model.addAttribute("cut", numbers != null && numbers.size() == MOST_UNSENT);
        model.addAttribute("first", after == null ? null : asked.address(place, null));
        model.addAttribute(
                "next", page.nextCursor() == null ? null : asked.address(place, page.nextCursor()));
        return "console/documents";
    }

    /** Streamed while it is read: no transaction and no more than a few documents at once. */
    @May(Act.EXPORT)
    @GetMapping("/mois.zip")
    void month(
            Place place,
            Visitor visitor,
            @RequestParam(defaultValue = "") String mois,
            Acts acts,
            HttpServletResponse response)
            throws IOException {
        var month = mois.isBlank() ? thisMonth() : month(mois);
        var days =
                new Days(place.environment(), month.atDay(1), month.atEndOfMonth(), visitor.id());
        ExportStream.answer(
                acts.of("document.exported", month.toString())
                        .giving(() -> export.of(days, place.partner()), _ -> month.toString()),
                response);
    }

    private List<Choice> months(Words words) {
        return Stream.iterate(thisMonth(), month -> month.minusMonths(1))
                .limit(MONTHS)
                .map(month -> new Choice(month.toString(), words.month(month)))
                .toList();
    }

    private YearMonth thisMonth() {
        return YearMonth.from(Paris.dayOf(clock.instant()));
    }

    private static YearMonth month(String text) {
        try {
            if (text.matches("20[0-9]{2}-[0-9]{2}")) {
                return YearMonth.parse(text);
            }
        } catch (DateTimeException e) {
            // Said below, as for what is no month at all.
        }
        throw Refused.invalid("month_invalid", "mois: a month such as 2026-11, from 2000 on");
    }
}
