package com.comptappart.invoice;

import com.comptappart.archive.ArchiveUnavailable;
import com.comptappart.queue.Work;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings documents into the archive that were stored before there was one. */
@Component
class ArchiveWork implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveWork.class);
    private static final int BATCH = 256;

    private final ArchiveRows rows;
    private final LedgerRows ledger;
    private final Witness witness;

    ArchiveWork(ArchiveRows rows, LedgerRows ledger, Witness witness) {
        this.rows = rows;
        this.ledger = ledger;
        this.witness = witness;
    }

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public Duration poll() {
        return Duration.ofHours(1);
    }

    @Override
    public int round() {
        int kept = 0;
        try {
            for (ArchiveRows.Gap gap : rows.gaps()) {
                int limit = (int) Math.min(BATCH, gap.before() - gap.after() - 1);
                var stored = ledger.page(gap.series(), gap.after(), limit);
                if (!stored.isEmpty()) {
                    rows.add(witness.keep(gap.series(), stored));
                    kept += stored.size();
                }
            }
        } catch (ArchiveUnavailable | NumberTaken e) {
            LOG.error("{}; the next try is in {}", e.getMessage(), poll());
            return 0;
        }
        return kept;
    }
}
