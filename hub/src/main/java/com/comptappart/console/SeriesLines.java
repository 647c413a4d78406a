package com.comptappart.console;

import com.comptappart.invoice.DocumentFinder;
import com.comptappart.invoice.DocumentKind;
import com.comptappart.invoice.SeriesContinuity;
import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Sellers;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Says of each series of numbers that it has no hole, or where one is. A series belongs to the
 * seller, and all partners share it: to a partner it says only what of it is theirs, and whether
 * the whole is continuous.
 */
@Component
class SeriesLines {

    /** A series as it is said. */
    record Line(String title, String text, Badge state) {}

    private final SeriesContinuity continuity;
    private final DocumentFinder documents;
    private final Sellers sellers;

    SeriesLines(SeriesContinuity continuity, DocumentFinder documents, Sellers sellers) {
        this.continuity = continuity;
        this.documents = documents;
        this.sellers = sellers;
    }

    List<Line> of(Place place, Words words) {
        var partner = place.partner();
        String seller =
                sellers.sellerOf(
                                partner == null ? PartnerId.UNASSIGNED : partner,
                                place.environment())
                        .id();
        var checked = continuity.of(seller, place.environment());
        if (partner == null) {
            return checked.series().stream().map(each -> line(words, each, checked)).toList();
        }
        return documents.own(partner, place.environment()).stream()
                .map(own -> line(words, own, checked))
                .toList();
    }

    private static Line line(
            Words words, SeriesContinuity.Standing series, SeriesContinuity.Checked checked) {
        String text =
                words.text(
                        "series.whole",
                        series.first(),
                        series.last(),
                        series.count(),
                        words.exactTime(checked.at()));
        return new Line(
                title(words, series.kind(), series.year()),
                text,
                series.missing()
                        .map(number -> Badge.bad(words.text("series.broken-at", number)))
                        .orElseGet(() -> Badge.ok(words.text("series.continuous"))));
    }

    private static Line line(
            Words words, DocumentFinder.Own own, SeriesContinuity.Checked checked) {
        boolean isWhole =
                checked.series().stream()
                        .filter(each -> each.kind() == own.kind() && each.year() == own.year())
                        .allMatch(each -> each.missing().isEmpty());
        return new Line(
                title(words, own.kind(), own.year()),
                words.text(
                        "series.own",
                        own.first(),
                        own.last(),
                        own.count(),
                        words.exactTime(checked.at())),
                isWhole
                        ? Badge.ok(words.text("series.continuous"))
                        : Badge.bad(words.text("series.broken")));
    }

    private static String title(Words words, DocumentKind kind, int year) {
        return words.text("series." + kind, Integer.toString(year));
    }
}
