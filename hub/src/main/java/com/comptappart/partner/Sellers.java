package com.comptappart.partner;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Misconfigured;
import com.comptappart.kernel.PartnerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Who issues the invoice: the hub's own legal entity. */
@Component
public class Sellers {

    private static final String DEFAULT = "default";

    private final Seller staging;
    private final Seller production;

    /**
     * @throws Misconfigured when live mode is configured and the seller's identity is not complete
     */
    Sellers(
            SellerProperties properties,
            @Value("${comptappart.stripe.production.apikey:}") String liveKey,
            @Value("${comptappart.stripe.production.webhooksecrets:}") String liveSecrets) {
        var missing = missing(properties);
        boolean live = !liveKey.isBlank() || !liveSecrets.isBlank();
        if (live && !missing.isEmpty()) {
            throw new Misconfigured(
                    "production can't start: an invoice must name its seller (CGI ann. II"
                            + " art. 242 nonies A). Set or mend "
                            + String.join(", ", missing));
        }
        if (properties.creditNotePrefix().equals(properties.invoicePrefix())) {
            throw new Misconfigured(
                    "invoices and credit notes have series of their own: set"
                            + " COMPTAPPART_SELLER_CREDITNOTEPREFIX to another prefix than"
                            + " COMPTAPPART_SELLER_INVOICEPREFIX");
        }
        production = seller(properties);
        staging = properties.name().isBlank() ? testSeller(properties) : production;
    }

    public Seller sellerOf(PartnerId partner, Environment environment) {
        return environment.livemode() ? production : staging;
    }

    private static List<String> missing(SellerProperties properties) {
        var missing = new ArrayList<String>();
        need(missing, "NAME", !properties.name().isBlank());
        need(missing, "LEGALFORM", !properties.legalForm().isBlank());
        need(missing, "ADDRESS_LINE1", !properties.address().line1().isBlank());
        need(missing, "ADDRESS_POSTALCODE", !properties.address().postalCode().isBlank());
        need(missing, "ADDRESS_CITY", !properties.address().city().isBlank());
        need(missing, "SIREN (9 digits)", properties.siren().matches("[0-9]{9}"));
        need(missing, "VATNUMBER", properties.franchise() || !properties.vatNumber().isBlank());
        need(
                missing,
                "VATREGIME (normal, franchise)",
                Set.of("normal", "franchise").contains(properties.vatRegime()));
        need(
                missing,
                "VATGROUP_ADDRESS and VATGROUP_VATNUMBER (FR and 11 characters)",
                properties.vatGroup().isWhole());
        need(
                missing,
                "NATURE (goods, services, mixed)",
                Set.of("goods", "services", "mixed").contains(properties.nature()));
        need(
                missing,
                "INVOICEPREFIX (1 to 12 of A-Z, 0-9, -)",
                properties.invoicePrefix().matches("[A-Z0-9-]{1,12}"));
        need(
                missing,
                "CREDITNOTEPREFIX (1 to 12 of A-Z, 0-9, -)",
                properties.creditNotePrefix().matches("[A-Z0-9-]{1,12}"));
        return missing;
    }

    private static void need(List<String> missing, String variable, boolean there) {
        if (!there) {
            missing.add("COMPTAPPART_SELLER_" + variable);
        }
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
