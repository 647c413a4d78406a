package com.comptappart.invoice;

import com.comptappart.invoice.LegalTexts.Entry;
import com.comptappart.kernel.Paris;
import com.comptappart.queue.Work;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says each day, three months ahead, which texts of law end without another that follows. */
@Component
class LapsingTexts implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(LapsingTexts.class);
    private static final int DAYS_AHEAD = 90;

    private final LegalTexts texts;
    private final Clock clock;

    LapsingTexts(LegalTexts texts, Clock clock) {
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "legal-texts";
    }

    @Override
    public Duration poll() {
        return Duration.ofDays(1);
    }

    @Override
    public int round() {
        var lapsing = texts.lapsed(Paris.dayOf(clock.instant()).plusDays(DAYS_AHEAD));
        if (!lapsing.isEmpty()) {
            LOG.warn(
                    "{} texts of law end by {}, and nothing follows them: {}. They are quoted until"
                            + " COMPTAPPART_LEGALTEXTS_FILE says what does (docs/factures.md)",
                    lapsing.size(),
                    Paris.dayOf(clock.instant()).plusDays(DAYS_AHEAD),
                    lapsing.stream().map(Entry::key).collect(Collectors.joining(", ")));
        }
        return 0;
    }
}
