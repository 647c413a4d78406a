package com.comptappart.invoice;

import com.comptappart.archive.Archive;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Writes into the technical journal when this node begins and ends to work, and what changed. */
@Component
@ConditionalOnBooleanProperty(name = "comptappart.workers", matchIfMissing = true)
class JournalOfLife implements SmartLifecycle {

    private final Journal journal;
    private final Archive archive;
    private final Environment environment;
    private volatile boolean running;

    JournalOfLife(Journal journal, Archive archive, Environment environment) {
        this.journal = journal;
        this.archive = archive;
        this.environment = environment;
    }

    @Override
    public void start() {
        journal.record(JournalKind.START, Journal.software());
        journal.recordOnce(JournalKind.SETTINGS, settings());
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        journal.record(JournalKind.STOP, Journal.software());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the workers begin, after they end. */
    @Override
    public int getPhase() {
        return SmartLifecycle.super.getPhase() - 1;
    }

    private String settings() {
        Map<String, String> seller =
                Binder.get(environment)
                        .bind("comptappart.seller", Bindable.mapOf(String.class, String.class))
                        .orElse(Map.of());
        return "seller " + new TreeMap<>(seller) + ", archive " + archive.location();
    }
}
