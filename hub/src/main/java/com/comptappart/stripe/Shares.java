package com.comptappart.stripe;

import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Partners;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Who sold what: the lines of one payment, by partner. */
@Component
class Shares {

    /** What one partner sold, and what a person should look at. */
    static final class Share {
        private final List<Charged> lines = new ArrayList<>();
        private final Set<String> attentions = new LinkedHashSet<>();

        List<Charged> lines() {
            return List.copyOf(lines);
        }

        /** Adds what a person should look at; empty is nothing. */
        void attend(String attention) {
            if (!attention.isEmpty()) {
                attentions.add(attention);
            }
        }

        String attention() {
            return String.join("; ", attentions);
        }
    }

    private final Partners partners;

    Shares(Partners partners) {
        this.partners = partners;
    }

    /**
     * An unknown slug and none at all are both unassigned: one share. On a connected account that a
     * partner is bound to, lines without a partner are that partner's.
     */
    Map<PartnerId, Share> of(String account, List<Charged> lines) {
        Map<PartnerId, Share> shares = new LinkedHashMap<>();
        for (Charged line : lines) {
            var partner = partner(account, line.partner());
            var share = shares.computeIfAbsent(partner, _ -> new Share());
            share.lines.add(line);
            if (!line.partner().isEmpty() && partner.equals(PartnerId.UNASSIGNED)) {
                share.attend("no partner has the id or slug '" + line.partner() + "'");
            }
            share.attend(line.attention());
        }
        return shares;
    }

    PartnerId partner(String account, String word) {
        var found = word.isEmpty() ? partners.ofAccount(account) : partners.resolve(word);
        return found.orElse(PartnerId.UNASSIGNED);
    }
}
