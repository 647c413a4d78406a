package com.comptappart.api;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Caller;
import com.comptappart.people.AuditLog;
import com.comptappart.people.Deed;
import com.comptappart.webhook.Endpoint;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What a key does is written into the journal, in the transaction that does it. */
@Component
class Deeds {

    private final AuditLog log;

    Deeds(AuditLog log) {
        this.log = log;
    }

    Doing of(Caller caller, String act, Endpoint endpoint) {
        return of(caller, act, endpoint.partner(), endpoint.environment(), endpoint.id());
    }

    /**
     * @param partner null where the act is the hub's
     * @param environment null where it has none
     * @param object the id of what is touched; empty where only the act makes it
     */
    Doing of(
            Caller caller,
            String act,
            @Nullable PartnerId partner,
            @Nullable Environment environment,
            String object) {
        var request =
                ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
                        .getRequest();
        String agent = request.getHeader("User-Agent");
        var actor =
                new Deed.Actor(
                        caller.keyId(),
                        "",
                        String.valueOf(request.getRemoteAddr()),
                        agent == null ? "" : agent);
        return new Doing(new Deed(actor, partner, environment, act, object, Map.of()));
    }

    /** One act, about to be done. */
    final class Doing {

        private final Deed deed;

        private Doing(Deed deed) {
            this.deed = deed;
        }

        Doing with(String name, String value) {
            return new Doing(deed.with(name, value));
        }

        <T> T done(Supplier<T> act) {
            return log.during(act, done -> deed);
        }

        /** For what only the act itself tells, such as the id of what it made. */
        <T> T done(Supplier<T> act, BiFunction<Deed, T, Deed> told) {
            return log.during(act, done -> told.apply(deed, done));
        }

        /** For what asks Stripe: outside any transaction, then its entry. */
        <T> T doneBeyond(Supplier<T> act, BiFunction<Deed, T, Deed> told) {
            T done = act.get();
            log.write(told.apply(deed, done));
            return done;
        }
    }
}
