package com.comptappart.invoice;

import com.comptappart.queue.Work;
import org.springframework.stereotype.Component;

/** Makes issued documents found, behind the numbering, which does not wait for it. */
@Component
class FinderWork implements Work {

    private static final int BATCH = 500;

    private final FinderRows rows;

    FinderWork(FinderRows rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return "invoice-finder";
    }

    @Override
    public int round() {
        int found = 0;
        for (var behind : rows.behind()) {
            found += rows.add(behind, BATCH);
        }
        return found;
    }
}
