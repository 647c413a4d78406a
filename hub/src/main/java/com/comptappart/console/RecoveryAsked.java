package com.comptappart.console;

import com.comptappart.kernel.Paris;
import com.comptappart.kernel.Refused;
import com.comptappart.webhook.Recoveries;
import com.comptappart.webhook.Recovery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person asked to have sent again, as it stands in the address or the form.
 *
 * @param depuis a day of Paris, or a moment as a machine writes it
 * @param avant a moment as a machine writes it: what was counted is what is sent
 * @param etats names of {@link Recovery.Status} in lower case
 * @param cadence how many a second
 */
record RecoveryAsked(
        @Nullable String depuis,
        @Nullable String avant,
        @Nullable List<String> etats,
        @Nullable Integer cadence) {

    private static final Set<Recovery.Status> USUAL =
            EnumSet.of(Recovery.Status.FAILED, Recovery.Status.HELD);

    /**
     * @throws Refused when something in it is unreadable
     */
    Recovery.Wish wish(Instant oldest, Instant now) {
        try {
            return new Recovery.Wish(
                    blank(depuis) ? oldest : moment(depuis),
                    blank(avant) ? now : moment(avant),
                    etats == null || etats.isEmpty() ? USUAL : statuses(etats),
                    cadence == null ? Recoveries.USUAL_PER_SECOND : cadence);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Refused.invalid(
                    "recovery_invalid", "depuis, avant or etats is none of what the page offers");
        }
    }

    private static Set<Recovery.Status> statuses(List<String> names) {
        var statuses = EnumSet.noneOf(Recovery.Status.class);
        names.forEach(name -> statuses.add(Recovery.Status.valueOf(name.toUpperCase(Locale.ROOT))));
        return statuses;
    }

    private static Instant moment(@Nullable String text) {
        String given = String.valueOf(text);
        return given.contains("T")
                ? Instant.parse(given)
                : LocalDate.parse(given).atStartOfDay(Paris.ZONE).toInstant();
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
