package com.comptappart.console;

import com.comptappart.partner.Partner;
import com.comptappart.webhook.PartnerDeliveries;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A partner as a row. */
record PartnerRow(
        String name,
        String slug,
        String url,
        String edit,
        Badge state,
        String endpoints,
        String order,
        String machineOrder,
        String waiting,
        String waitingUrl,
        String failed,
        String failedUrl) {

    static PartnerRow of(
            Words words,
            Place place,
            Partner partner,
            String word,
            PartnerDeliveries.@Nullable State known,
            @Nullable Instant latest) {
        var state = known == null ? new PartnerDeliveries.State(0, 0, 0, 0, 0) : known;
        return new PartnerRow(
                partner.name(),
                partner.slug(),
                Place.path(word, place.environment(), Frames.HOME),
                place.path("/partenaires/" + word),
                badge(words, state),
                words.count(state.endpoints()),
                latest == null ? "–" : words.time(latest),
                Words.machine(latest),
                words.count(state.waiting() + state.held()),
                Place.path(
                        word,
                        place.environment(),
                        "/livraisons?etat=" + (state.waiting() > 0 ? "pending" : "held")),
                words.count(state.failed()),
                Place.path(word, place.environment(), "/livraisons?etat=failed"));
    }

    private static Badge badge(Words words, PartnerDeliveries.State state) {
        if (state.disabled() > 0) {
            return Badge.bad(words.text("partner.state.disabled"));
        }
        if (state.failed() > 0) {
            return Badge.warning(words.text("partner.state.failing"));
        }
        if (state.endpoints() == 0) {
            return Badge.none(words.text("partner.state.none"));
        }
        return Badge.ok(words.text("partner.state.ok"));
    }
}
