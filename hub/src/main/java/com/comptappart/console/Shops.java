package com.comptappart.console;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Partner;
import com.comptappart.partner.Partners;
import com.comptappart.partner.Seller;
import com.comptappart.partner.Sellers;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The partners as their buyers know them. */
@Component
class Shops {

    private final Partners partners;
    private final Sellers sellers;

    Shops(Partners partners, Sellers sellers) {
        this.partners = partners;
        this.sellers = sellers;
    }

    /** By the word of an address; one that names nobody is no mistake of the buyer's. */
    Optional<PartnerId> named(String word) {
        return word.isBlank() || word.length() > 100 ? Optional.empty() : partners.resolve(word);
    }

    Shop of(String word) {
        return named(word).map(id -> of(id, Environment.PRODUCTION)).orElseGet(this::ofAll);
    }

    Shop of(PartnerId id, Environment environment) {
        return partners.find(id)
                .map(partner -> of(partner, seller(id, environment)))
                .orElseGet(this::ofAll);
    }

    Shop ofAll() {
        var seller = seller(PartnerId.UNASSIGNED, Environment.PRODUCTION);
        return new Shop(seller.name(), "", "", seller.contact());
    }

    /** The seller of tests, where none is configured for more. */
    private Seller seller(PartnerId id, Environment environment) {
        var seller = sellers.sellerOf(id, environment);
        return seller.name().isBlank() ? sellers.sellerOf(id, Environment.STAGING) : seller;
    }

    private static Shop of(Partner partner, Seller seller) {
        String color = partner.primaryColor();
        return new Shop(
                partner.name(),
                partner.slug(),
                color == null ? "" : color.substring(1),
                seller.contact());
    }
}
