package com.comptappart.console;

import com.comptappart.webhook.Notification;
import com.comptappart.webhook.NotificationFilter;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a person asked of the list of notifications, as it stands in the address.
 *
 * @param etat a stage's name in lower case
 * @param point an endpoint's id
 * @param statut {@code 404}, {@code 4xx} or {@code aucun}
 * @param depuis a day of Paris
 * @param jusqua a day of Paris, inclusive
 */
record DeliverySearch(
        @Nullable String etat,
        @Nullable String point,
        @Nullable String type,
        @Nullable String statut,
        @Nullable String depuis,
        @Nullable String jusqua) {

    static final String NO_ANSWER = "aucun";

    DeliverySearch {
        etat = Cursors.typed(etat);
        point = Cursors.typed(point);
        type = Cursors.typed(type);
        statut = Cursors.typed(statut);
        depuis = Cursors.typed(depuis);
        jusqua = Cursors.typed(jusqua);
    }

    private record Range(NotificationFilter.@Nullable Statuses answered, TypedDays days) {}

    public boolean nothing() {
        return parts().values().stream().allMatch(part -> part == null);
    }

    /** Whether all that failed is asked for, and no more. */
    public boolean onlyFailed() {
        return "failed".equals(etat)
                && parts().values().stream().filter(part -> part != null).count() == 1;
    }

    /** Empty where what was asked for can match nothing. */
    Optional<NotificationFilter> filter(Place place) {
        var stage = stage();
        if (etat != null && stage.isEmpty()) {
            return Optional.empty();
        }
        return range().map(range ->
                new NotificationFilter(
                        place.partner(),
                        place.environment(),
                        stage.orElse(null),
                        null,
                        point,
                        type,
                        range.answered(),
                        range.days().since(),
                        range.days().until()));
    }

    /** Whether what is owed from now on may be among it. */
    boolean mayBeNew() {
        return statut == null
                && jusqua == null
                && (etat == null || stage().equals(Optional.of(Notification.Stage.PENDING)));
    }

    Optional<Notification.Stage> stage() {
        return Arrays.stream(Notification.Stage.values())
                .filter(stage -> stage.name().toLowerCase(Locale.ROOT).equals(etat))
                .findFirst();
    }

    private Optional<Range> range() {
        try {
            return Optional.of(new Range(answered(), TypedDays.of(depuis, jusqua)));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private NotificationFilter.@Nullable Statuses answered() {
        if (statut == null) {
            return null;
        }
        if (statut.equals(NO_ANSWER)) {
            return new NotificationFilter.Statuses(0, 0);
        }
        if (statut.matches("[1-5][xX]{2}")) {
            int first = (statut.charAt(0) - '0') * 100;
            return new NotificationFilter.Statuses(first, first + 99);
        }
        int one = Integer.parseInt(statut);
        return new NotificationFilter.Statuses(one, one);
    }

    /** The list's address with the same filters. */
    String address(Place place, @Nullable String after) {
        var address = UriComponentsBuilder.fromPath(place.path("/livraisons"));
        parts().forEach((name, value) -> Cursors.add(address, name, value));
        Cursors.add(address, "after", after);
        return address.encode().build().toUriString();
    }

    private Map<String, @Nullable String> parts() {
        var parts = new LinkedHashMap<String, @Nullable String>();
        parts.put("etat", etat);
        parts.put("point", point);
        parts.put("type", type);
        parts.put("statut", statut);
        parts.put("depuis", depuis);
        parts.put("jusqua", jusqua);
        return parts;
    }
}
