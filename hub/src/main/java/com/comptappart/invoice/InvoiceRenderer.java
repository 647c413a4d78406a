package com.comptappart.invoice;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Makes the Factur-X document of a numbered invoice: a pure function of it and of its brand, the
 * same bytes on every machine, locale and time zone.
 */
@Component
class InvoiceRenderer {

    private static final int LOOKS = 500;

    private final Ladder ladder = new Ladder();
    private final PrefixWriter prefixes = new PrefixWriter(ladder);
    private final TailPdf tails = new TailPdf(ladder);
    private final Function<String, Look> looks;
    private final Map<String, Prepared> prepared = new ConcurrentHashMap<>();
    private final Consumer<Template> keeper;
    private final Prepared plain;

    /** A look with its two beginnings; the wide one is written when a text first needs it. */
    private final class Prepared {

        private final Look look;
        private final Prefix narrow;
        private volatile @Nullable Prefix wide;

        Prepared(Look look) {
            this.look = look;
            this.narrow = known(prefixes.write(look, false));
        }

        Prefix prefix(boolean needsWide) {
            if (!needsWide) {
                return narrow;
            }
            var written = wide;
            if (written == null) {
                written = known(prefixes.write(look, true));
                wide = written;
            }
            return written;
        }
    }

    @Autowired
    InvoiceRenderer(BrandLooks looks, InvoiceRows rows) {
        this(looks::of, template -> rows.keepTemplate(template.id(), template.prefix()));
    }

    /**
     * @param looks by a brand's id
     * @param keeper of constant beginnings: gets each before a document has it
     */
    InvoiceRenderer(Function<String, Look> looks, Consumer<Template> keeper) {
        this.looks = looks;
        this.keeper = keeper;
        this.plain = new Prepared(Look.PLAIN);
    }

    RenderedInvoice render(NumberedInvoice invoice) {
        byte[] xml = CiiXml.write(invoice);
        var look = prepared(invoice.content().brand());
        var pages = InvoiceLayout.pages(invoice, look.look, ladder);
        return tails.write(look.prefix(needsWide(pages)), invoice, pages, xml);
    }

    /** The constant beginning of documents that have no brand. */
    Template template() {
        return new Template(plain.narrow.id(), plain.narrow.bytes());
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

    private Prepared prepared(@Nullable String brand) {
        if (brand == null) {
            return plain;
        }
        if (prepared.size() >= LOOKS) {
            prepared.clear();
        }
        return prepared.computeIfAbsent(brand, id -> new Prepared(looks.apply(id)));
    }

    private Prefix known(Prefix prefix) {
        keeper.accept(new Template(prefix.id(), prefix.bytes()));
        return prefix;
    }

    private boolean needsWide(Iterable<? extends Iterable<Op>> pages) {
        for (Iterable<Op> page : pages) {
            for (Op op : page) {
                if (op instanceof Op.Text text
                        && !ladder.fast().canShow(text.text())
                        && ladder.runs(text.text()).stream()
                                .anyMatch(run -> run.rung() instanceof WideFonts)) {
                    return true;
                }
            }
        }
        return false;
    }
}
