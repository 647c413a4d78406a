package com.comptappart.invoice;

import java.util.HashMap;
import java.util.Map;

/** A renderer and the constant beginnings that it wrote. */
final class RendererForTests {

    private final Map<String, byte[]> prefixes = new HashMap<>();
    private final InvoiceRenderer renderer;

    RendererForTests() {
        this(Map.of());
    }

    RendererForTests(Map<String, Look> looks) {
        renderer =
                new InvoiceRenderer(
                        looks::get, template -> prefixes.put(template.id(), template.prefix()));
    }

    InvoiceRenderer renderer() {
        return renderer;
    }

    byte[] pdf(NumberedInvoice invoice) {
        var rendered = renderer.render(invoice);
        byte[] prefix = prefixes.get(rendered.prefixId());
        return InvoiceRenderer.Template.whole(prefix, rendered.tail());
    }
}
