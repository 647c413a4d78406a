package com.comptappart.console;

import com.comptappart.webhook.Endpoint;
import com.comptappart.webhook.Endpoints;
import com.comptappart.webhook.Recoveries;
import com.comptappart.webhook.Recovery;
import com.comptappart.webhook.Waiting;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.springframework.stereotype.Component;

/** Says what waits, and what would be sent again. */
@Component
class RecoveryPlans {

    /** Endpoints whose orders are counted on one page. */
    private static final int MOST = 20;

    /**
     * What can be recovered, and what cannot since its endpoint is gone.
     *
     * @param lost notifications of endpoints that there are no more
     * @param unclaimed held since no endpoint asks for them
     */
    record Plans(List<RecoveryView.Plan> endpoints, long lost, long unclaimed) {}

    /** What a wish would do. */
    record Counted(Recovery.Wish wish, Waiting found) {}

    private final Recoveries recoveries;
    private final Endpoints endpoints;
    private final Places places;
    private final Clock clock;

    RecoveryPlans(Recoveries recoveries, Endpoints endpoints, Places places, Clock clock) {
        this.recoveries = recoveries;
        this.endpoints = endpoints;
        this.places = places;
        this.clock = clock;
    }

    Plans of(Place place, Words words) {
        var plans = new ArrayList<RecoveryView.Plan>();
        long lost = 0;
        long unclaimed = 0;
        for (var unsent : recoveries.unsent(place.partner(), place.environment())) {
            var endpoint =
                    endpoints.find(unsent.partner(), place.environment(), unsent.endpointId());
            if (unsent.endpointId().isEmpty()) {
                unclaimed += unsent.held();
            } else if (endpoint.isEmpty()) {
                lost += unsent.failed() + unsent.held();
            } else if (plans.size() < MOST) {
                plans.add(plan(words, endpoint.get(), unsent));
            }
        }
        return new Plans(plans, lost, unclaimed);
    }

    private RecoveryView.Plan plan(Words words, Endpoint endpoint, Recoveries.Unsent unsent) {
        var found = recoveries.found(endpoint, usual(unsent.oldest()));
        String partner = places.word(endpoint.partner());
        return new RecoveryView.Plan(
                Place.path(partner, endpoint.environment(), "/livraisons/reprise/" + endpoint.id()),
                EndpointNames.name(endpoint),
                partner,
                state(words, endpoint),
                endpoint.enabled(),
                unsent.failed(),
                unsent.held(),
                found.orders(),
                RecoveryView.amounts(words, found),
                words.time(unsent.oldest()),
                Words.machine(unsent.oldest()));
    }

    static Badge state(Words words, Endpoint endpoint) {
        String word = words.text("endpoint." + endpoint.state());
        return switch (endpoint.state()) {
            case ENABLED -> Badge.ok(word);
            case PAUSED -> Badge.held(word);
            case DISABLED -> Badge.bad(word);
        };
    }

    Counted count(Endpoint endpoint, RecoveryAsked asked) {
        var wish = asked.wish(oldest(endpoint), clock.instant());
        return new Counted(wish, recoveries.found(endpoint, wish));
    }

    private Instant oldest(Endpoint endpoint) {
        return recoveries.unsent(endpoint.partner(), endpoint.environment()).stream()
                .filter(each -> each.endpointId().equals(endpoint.id()))
                .map(Recoveries.Unsent::oldest)
                .findFirst()
                .orElse(endpoint.createdAt());
    }

    private Recovery.Wish usual(Instant oldest) {
        return new Recovery.Wish(
                oldest,
                clock.instant(),
                EnumSet.of(Recovery.Status.FAILED, Recovery.Status.HELD),
                Recoveries.USUAL_PER_SECOND);
    }
}
