package com.comptappart.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What else an invoice says, besides its parties and amounts.
 *
 * @param deliverTo where goods went, if not to the buyer's address
 * @param purchaseOrder the buyer's own number of the order (BT-13)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Terms(
        List<Note> notes, @Nullable DeliverTo deliverTo, @Nullable String purchaseOrder) {

    public Terms {
        notes = List.copyOf(notes);
    }
}
