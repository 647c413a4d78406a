package com.comptappart.partner;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Misconfigured;
import com.comptappart.kernel.PartnerId;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Who issues the invoice: the hub's own legal entity. */
@Component
public class Sellers {

    private static final String DEFAULT = "default";

    private final Seller staging;
    private final Seller production;
    private final List<String> missing;

    /**
     * @throws Misconfigured when a setting can't be right, or live mode is configured and the
     *     seller's identity is not complete
     */
    Sellers(
            SellerProperties properties,
            @Value("${comptappart.stripe.production.apikey:}") String liveKey,
            @Value("${comptappart.stripe.production.webhooksecrets:}") String liveSecrets) {
        var wrong = SellerCheck.wrong(properties);
        if (!wrong.isEmpty()) {
            throw new Misconfigured(String.join("; ", wrong));
        }
        missing = List.copyOf(SellerCheck.missing(properties));
        boolean live = !liveKey.isBlank() || !liveSecrets.isBlank();
        if (live && !missing.isEmpty()) {
            throw new Misconfigured(
                    "production can't start: an invoice must name its seller (CGI ann. II"
                            + " art. 242 nonies A). Set "
                            + String.join(", ", missing));
        }
        production = seller(properties);
        staging = properties.name().isBlank() ? testSeller(properties) : production;
    }

    public Seller sellerOf(PartnerId partner, Environment environment) {
        return environment.livemode() ? production : staging;
    }

    /**
     * The settings without which no invoice can be issued for a real sale; empty when all are
     * there.
     */
    public List<String> missingForProduction() {
        return missing;
    }

    private static Seller seller(SellerProperties p) {
        return new Seller(
                DEFAULT,
                p.name(),
                p.legalForm(),
                p.capital(),
                p.address().line1(),
                p.address().line2(),
                p.address().postalCode(),
                p.address().city(),
                p.address().country(),
                p.siren(),
                p.siret(),
                p.rcs(),
                p.vatNumber(),
                p.franchise(),
                p.vatRate(),
                p.vatOnDebits(),
                p.nature(),
                p.email(),
                p.phone(),
                p.website(),
                p.termsUrl(),
                p.invoicePrefix(),
                p.creditNotePrefix(),
                p.footer(),
                p.guarantee(),
                new Seller.VatGroup(
                        p.vatGroup().name(), p.vatGroup().address(), p.vatGroup().vatNumber()));
    }

    /**
     * Test mode works without a seller's identity; its documents say that they are worth nothing.
     */
    private static Seller testSeller(SellerProperties p) {
        return new Seller(
                DEFAULT,
                "Vendeur de test (non configuré)",
                "SAS",
                "1 000 EUR",
                "1 rue de l'Exemple",
                "",
                "75001",
                "Paris",
                "FR",
                "123456782",
                "12345678200010",
                "RCS Paris 123 456 782",
                "FR32123456782",
                p.franchise(),
                p.vatRate(),
                p.vatOnDebits(),
                p.nature(),
                "",
                "",
                "",
                "",
                p.invoicePrefix(),
                p.creditNotePrefix(),
                p.footer(),
                p.guarantee(),
                new Seller.VatGroup(
                        p.vatGroup().name(), p.vatGroup().address(), p.vatGroup().vatNumber()));
    }
}
