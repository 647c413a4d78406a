package com.comptappart.invoice;

import com.comptappart.invoice.RequestRows.Due;
import com.comptappart.invoice.RequestRows.Writer;
import java.time.Instant;
import java.util.List;

/**
 * Documents that are ready to be claimed and stored, and nothing of them is yet.
 *
 * @param due the requests that they were made of, those that failed included
 * @param object what the archive gets
 */
record Draft(
        Writer writer,
        List<Due> due,
        Numbering.Batch batch,
        ArchivedBatch packed,
        byte[] object,
        Instant now) {

    boolean isEmpty() {
        return batch.entries().isEmpty();
    }
}
