package com.comptappart.invoice;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import com.comptappart.testing.Purchases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer of a series that is frozen in the middle holds up nobody, and does no harm later. */
class FrozenWriterTest {

    private static final RequestRows.Writer WRITER =
            new RequestRows.Writer("default", Environment.PRODUCTION, DocumentKind.INVOICE);

    @TempDir private Path data;
    private MovableClock clock;
    private HubForTests hub;

    @BeforeEach
    void a_hub_that_ends_silent_sessions_soon() {
        clock = new MovableClock("2026-12-15T10:00:00Z");
        hub =
                new HubForTests()
                        .withProduction()
                        .with("comptappart.data-dir", data.toString())
                        .with(
                                "spring.datasource.hikari.connection-init-sql",
                                "set idle_in_transaction_session_timeout = '2s'")
                        .at(clock)
                        .start();
        send("a");
        eventually(this::documents, 1);
    }

    @AfterEach
    void the_ledger_holds() {
        try {
            assertThat(hub.bean(Ledger.class).verify().firstBreak()).isEmpty();
        } finally {
            hub.close();
        }
    }

    @Test
    void a_series_is_another_writers_once_its_holder_said_nothing_for_so_long() {
        var frozen = taken();
        assertThat(frozen.keep()).isTrue();
        send("b");
        assertThat(eventually(this::documents, 2)).hasSize(2);
        assertThat(frozen.keep()).isFalse();
    }

    @Test
    void a_holder_that_says_that_it_lives_keeps_its_series() throws InterruptedException {
        try (var held = taken()) {
            send("b");
            for (int i = 0; i < 8; i++) {
                Thread.sleep(Duration.ofMillis(500));
                assertThat(held.keep()).isTrue();
            }
            assertThat(documents()).hasSize(1);
        }
        eventually(this::documents, 2);
    }

    @Test
    void a_writer_that_wakes_after_its_day_was_closed_claims_no_number() {
        var draft = draftThatIsNotStored("b");
        clock.moveTo("2026-12-16T10:00:00Z");
        eventually(this::closed, 1);

        assertThat(hub.bean(Witness.class).claim(draft)).isEmpty();

        nobodyWaitsAnyLonger();
        assertThat(eventually(this::documents, 2)).last().isEqualTo("FQCA-2026-000002 2026-12-16");
    }

    @Test
    void a_day_that_a_frozen_writer_may_still_claim_a_document_of_is_closed_after_the_next_one() {
        var draft = draftThatIsNotStored("b");
        assertThat(hub.bean(SeriesRows.class).announce(draft.batch().from(), date(draft))).isTrue();
        clock.moveTo("2026-12-16T10:00:00Z");
        assertThat(hub.bean(ClosingWork.class).round()).isZero();

        nobodyWaitsAnyLonger();
        assertThat(eventually(this::documents, 2)).last().isEqualTo("FQCA-2026-000002 2026-12-16");
        eventually(
                () -> hub.bean(ClosingWork.class).round() + closed().size(), count -> count >= 1);
        assertThat(hub.bean(Witness.class).claim(draft)).isEmpty();
    }

    @Test
    void what_it_claims_when_it_wakes_is_stored_with_the_date_that_it_has() {
        var draft = draftThatIsNotStored("b");
        assertThat(hub.bean(SeriesRows.class).announce(draft.batch().from(), date(draft))).isTrue();
        clock.moveTo("2026-12-16T10:00:00Z");
        assertThat(hub.bean(ClosingWork.class).round()).isZero();
        assertThat(hub.bean(Witness.class).claim(draft)).isPresent();
        assertThat(hub.bean(ClosingWork.class).round()).isZero();

        nobodyWaitsAnyLonger();
        assertThat(eventually(this::documents, 2)).last().isEqualTo("FQCA-2026-000002 2026-12-15");
        eventually(
                () -> hub.bean(ClosingWork.class).round() + closed().size(), count -> count >= 1);
    }

    /** As a writer makes it that is then frozen, and whose requests nobody else gets to. */
    private Draft draftThatIsNotStored(String id) {
        try (var _ = taken()) {
            send(id);
            var draft =
                    eventually(
                                    () -> hub.bean(Drafts.class).first(WRITER),
                                    java.util.Optional::isPresent)
                            .orElseThrow();
            due("2030-01-01T00:00:00Z");
            return draft;
        }
    }

    /** The hub's own writer may have it for a moment after its last document. */
    private SeriesLock.Held taken() {
        return eventually(
                () -> {
                    var held = hub.bean(SeriesLock.class).tryTake(WRITER);
                    if (!held.isTaken()) {
                        held.close();
                    }
                    return held;
                },
                SeriesLock.Held::isTaken);
    }

    private void nobodyWaitsAnyLonger() {
        due("2026-12-01T00:00:00Z");
    }

    private void due(String at) {
        hub.jdbc()
                .sql("update invoice_request set due_at = :at::timestamptz")
                .param("at", at)
                .update();
    }

    private static java.time.LocalDate date(Draft draft) {
        return draft.batch().entries().getFirst().invoice().issueDate();
    }

    private void send(String id) {
        assertThat(
                        hub.stripeEvent(
                                        Purchases.event(id, "", true),
                                        HubForTests.LIVE_STRIPE_SECRET,
                                        clock.instant())
                                .statusCode())
                .isEqualTo(200);
    }

    private List<String> documents() {
        return hub.jdbc()
                .sql("select number || ' ' || issue_date from invoice order by year, seq")
                .query(String.class)
                .list();
    }

    /** The days that are closed; asks for it. */
    private List<String> closed() {
        hub.bean(ClosingWork.class).round();
        return hub.jdbc()
                .sql("select last_day::text from closing where period = 'day' order by last_day")
                .query(String.class)
                .list();
    }
}
