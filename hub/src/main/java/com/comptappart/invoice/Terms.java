package com.comptappart.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What else an invoice says, besides its parties and amounts.
 *
 * @param deliverTo where goods went, if not to the buyer's address
 * @param purchaseOrder the buyer's own number of the order (BT-13)
 * @param brand whose look the document has; null where it has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Terms(
        List<Note> notes,
        @Nullable DeliverTo deliverTo,
        @Nullable String purchaseOrder,
        @Nullable String brand) {

    public Terms {
        notes = List.copyOf(notes);
    }

    /** Of a document that has no brand. */
    public Terms(List<Note> notes, @Nullable DeliverTo deliverTo, @Nullable String purchaseOrder) {
        this(notes, deliverTo, purchaseOrder, null);
    }
}
