package com.comptappart.console;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.webhook.Endpoints;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Says, before an act, which of a partner's endpoints will hear of it. */
@Component
class Listeners {

    private static final PageRequest ALL = new PageRequest(100, null);

    private final Endpoints endpoints;

    Listeners(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** A sentence; one that is paused hears of it later. */
    String of(Words words, PartnerId partner, Environment environment, List<String> types) {
        var listening =
                endpoints.list(partner, environment, ALL).data().stream()
                        .filter(each -> types.stream().anyMatch(each.eventTypes()::contains))
                        .map(EndpointNames::name)
                        .collect(Collectors.joining(", "));
        String named = String.join(", ", types);
        return listening.isEmpty()
                ? words.text("listeners.none", named)
                : words.text("listeners.some", named, listening);
    }
}
