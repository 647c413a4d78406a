package com.comptappart.invoice;

import java.util.Arrays;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Makes the Factur-X document of a numbered invoice: a pure function of it, the same bytes on every
 * machine, locale and time zone.
 */
@Component
class InvoiceRenderer {

    private final WinAnsiFonts fonts = new WinAnsiFonts();
    private final TemplatePdf template = new TemplatePdf(fonts);
    private final FallbackPdf fallback = new FallbackPdf();

    RenderedInvoice render(NumberedInvoice invoice) {
        byte[] xml = CiiXml.write(invoice);
        if (isFast(invoice.content())) {
            return template.write(invoice, InvoiceLayout.pages(invoice, fonts), xml);
        }
        byte[] whole = fallback.write(invoice, xml);
        return new RenderedInvoice("", whole, Hashes.sha256(whole));
    }

    /** The constant beginning that the fast path's documents share. */
    Template template() {
        return new Template(template.prefixId(), template.prefix());
    }

    /** What most documents have in common behind it: see {@link TailPacker}. */
    byte[] sampleTail() {
        return render(SampleInvoice.of()).tail();
    }

    /** A constant beginning and its name. */
    record Template(String id, byte[] prefix) {

        /** The whole document. */
        static byte[] whole(byte[] prefix, byte[] tail) {
            byte[] whole = Arrays.copyOf(prefix, prefix.length + tail.length);
            System.arraycopy(tail, 0, whole, prefix.length, tail.length);
            return whole;
        }
    }

    private boolean isFast(InvoiceContent content) {
        var buyer = content.buyer();
        var seller = content.seller();
        boolean fast =
                shows(buyer.name(), buyer.email(), buyer.line1(), buyer.line2(), buyer.postalCode())
                        && shows(buyer.city(), buyer.country(), buyer.siren(), buyer.vatNumber())
                        && shows(
                                seller.name(),
                                seller.line1(),
                                seller.line2(),
                                seller.postalCode(),
                                seller.city())
                        && shows(
                                seller.legalForm(),
                                seller.capital(),
                                seller.rcs(),
                                seller.email(),
                                seller.phone())
                        && shows(
                                seller.website(),
                                seller.termsUrl(),
                                seller.footer(),
                                seller.country(),
                                seller.vatNumber())
                        && shows(
                                content.payment().reference(),
                                content.payment().last4(),
                                content.orderReference());
        for (InvoiceLine line : content.lines()) {
            fast &= shows(line.name());
        }
        for (String text : Mentions.below(content)) {
            fast &= shows(text);
        }
        return fast;
    }

    private boolean shows(@org.jspecify.annotations.Nullable String... texts) {
        for (String text : texts) {
            if (!fonts.canShow(Objects.requireNonNullElse(text, ""))) {
                return false;
            }
        }
        return true;
    }
}
