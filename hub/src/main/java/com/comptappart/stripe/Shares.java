package com.comptappart.stripe;

import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Proportion;
import com.comptappart.kernel.Reason;
import com.comptappart.kernel.Said;
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

        /** Tax included, minor units; below zero where more is given back than charged. */
        long total() {
            return lines.stream().mapToLong(Charged::total).sum();
        }

        /** What is given back for each product, more than zero. */
        Map<String, Long> givenBack() {
            Map<String, Long> given = new LinkedHashMap<>();
            for (Charged line : lines) {
                if (!line.productId().isEmpty()) {
                    given.merge(line.productId(), -line.total(), Long::sum);
                }
            }
            given.values().removeIf(minor -> minor <= 0);
            return given;
        }

        /** What was given back pays for what was added, to the cent: nothing is sold. */
        boolean isExchange() {
            return total() == 0 && lines.stream().anyMatch(line -> line.total() < 0);
        }

        /** Adds what a person should look at; empty is nothing. */
        void attend(String attention) {
            if (!attention.isEmpty()) {
                attentions.add(attention);
            }
        }

        String attention() {
            return String.join(Said.AND, attentions);
        }
    }

    private final Partners partners;

    Shares(Partners partners) {
        this.partners = partners;
    }

    /**
     * An unknown slug and none at all are both unassigned: one share. On a connected account that a
     * partner is bound to, lines without a partner are that partner's. Shipping is spread over the
     * shares in proportion to what they charge.
     */
    Map<PartnerId, Share> of(String account, List<Charged> lines) {
        Map<PartnerId, Share> shares = new LinkedHashMap<>();
        for (Charged line : lines) {
            if (line.shipping()) {
                continue;
            }
            var partner = partner(account, line.partner());
            var share = shares.computeIfAbsent(partner, _ -> new Share());
            share.lines.add(line);
            if (!line.partner().isEmpty() && partner.equals(PartnerId.UNASSIGNED)) {
                share.attend(Reason.PARTNER_UNKNOWN.text(line.partner()));
            }
            share.attend(line.attention());
        }
        lines.stream()
                .filter(Charged::shipping)
                .forEach(shipping -> spread(shipping, List.copyOf(shares.values())));
        return shares;
    }

    private static void spread(Charged shipping, List<Share> shares) {
        long[] weights =
                shares.stream()
                        .mapToLong(share ->
                                share.lines.stream()
                                        .mapToLong(line -> Math.max(0, line.total()))
                                        .sum())
                        .toArray();
        long[] parts = Proportion.spread(shipping.total(), weights);
        long[] taxes = Proportion.spread(shipping.tax().amount(), parts);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] != 0) {
                var share = shares.get(i);
                share.lines.add(shipping.part(parts[i], taxes[i], delivered(share.lines)));
            }
        }
    }

    /** Shipping is what is shipped, as long as that is one thing; its tax follows the goods. */
    private static ProductVat delivered(List<Charged> lines) {
        var kinds = lines.stream().map(Charged::product).distinct().toList();
        return kinds.size() == 1 ? kinds.getFirst() : new ProductVat("", "goods", "");
    }

    PartnerId partner(String account, String word) {
        var found = word.isEmpty() ? partners.ofAccount(account) : partners.resolve(word);
        return found.orElse(PartnerId.UNASSIGNED);
    }
}
