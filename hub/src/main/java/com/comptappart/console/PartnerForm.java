package com.comptappart.console;

import com.comptappart.partner.Partner;
import org.jspecify.annotations.Nullable;

/**
 * What a person typed of a partner.
 *
 * @param administrator the address of who is invited to run its team; empty for nobody
 * @param account of Stripe, empty where it sells through ours
 */
record PartnerForm(
        String name,
        String slug,
        String email,
        String language,
        String account,
        String administrator) {

    static final PartnerForm EMPTY = new PartnerForm("", "", "", "fr", "", "");

    PartnerForm {
        name = stripped(name);
        slug = stripped(slug);
        email = stripped(email);
        language = stripped(language);
        account = stripped(account);
        administrator = stripped(administrator);
    }

    static PartnerForm of(Partner partner) {
        return new PartnerForm(
                partner.name(),
                partner.slug(),
                partner.contactEmail(),
                partner.locale(),
                stripped(partner.stripeAccount()),
                "");
    }

    private static String stripped(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
