package com.comptappart.buyer;

import com.comptappart.buyer.Declaration.Contract;
import com.comptappart.buyer.Declaration.Kind;
import com.comptappart.buyer.Declaration.Said;
import com.comptappart.buyer.Declaration.State;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Ids;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.order.SubscriptionState;
import com.comptappart.queue.Wake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What buyers declare without an account: that a contract ends (Code de la consommation, L215-1-1,
 * D215-1 to D215-3) or that they withdraw from it (L221-21, D221-5; directive 2011/83/EU, article
 * 11a). Every declaration is kept and acknowledged, found or not; only one whose reference and
 * address belong together ends a subscription, and its buyer can take that back until the end.
 */
@Component
public class Declarations {

    /** Declared again within it, word for word, it is the same declaration. */
    private static final Duration SAME = Duration.ofHours(24);

    /** More would only fill somebody's mailbox; what is declared beyond it is kept all the same. */
    static final int MOST_ACKNOWLEDGED = 10;

    private final DeclarationRows rows;
    private final KnownDeclarations known;
    private final Contracts contracts;
    private final BuyerLinks links;
    private final ApplicationEventPublisher events;
    private final Wake wake;
    private final Clock clock;

    Declarations(
            DeclarationRows rows,
            KnownDeclarations known,
            Contracts contracts,
            BuyerLinks links,
            ApplicationEventPublisher events,
            Wake wake,
            Clock clock) {
        this.rows = rows;
        this.known = known;
        this.contracts = contracts;
        this.links = links;
        this.events = events;
        this.wake = wake;
        this.clock = clock;
    }

    /**
     * Keeps what a buyer declared and owes its acknowledgement, whether or not a contract is found.
     *
     * @param seller whose page was used; null for the page of all
     */
    @Transactional
    public Declaration make(Kind kind, Said said, @Nullable PartnerId seller) {
        rows.lock(said.email());
        // As the database keeps it, so that page and mail say the same.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var same = known.same(kind, said, now.minus(SAME));
        if (same.isPresent()) {
            return same.get();
        }
        int before = known.since(said.email(), now.minus(SAME)).size();
        var found = contracts.find(said.reference(), said.email(), seller);
        var why = why(kind, said, found);
        var made =
                new Declaration(
                        Ids.next("dec"),
                        kind,
                        found.partner(),
                        found.environment(),
                        said,
                        found.contract(),
                        now,
                        why == null ? State.ENDING : State.OPEN,
                        why == null ? "" : why.code(),
                        0,
                        null);
        rows.insert(made);
        if (before < MOST_ACKNOWLEDGED) {
            events.publishEvent(new DeclarationMade(made, area(made)));
        }
        if (made.state() == State.ENDING) {
            wake.afterCommit(DeclarationWork.NAME);
        }
        return made;
    }

    /** Null where the hub does by itself what was declared. */
    private @Nullable Why why(Kind kind, Said said, Contracts.Found found) {
        if (found.why() != null) {
            return found.why();
        }
        if (kind == Kind.WITHDRAWAL) {
            return Why.WITHDRAWAL;
        }
        if (found.contract().subscription().isEmpty()) {
            return Why.NO_SUBSCRIPTION;
        }
        return contracts.endsBefore(said.wishedOn(), found.contract()) ? Why.LATER_END : null;
    }

    private String area(Declaration made) {
        return contracts
                .newest(made.partner(), made.environment(), made.said().email())
                .map(order -> links.ofMail(order.id(), made.madeAt()))
                .orElse("");
    }

    /** Opens the page that says what was received; says nothing of what was found. */
    public String receipt(Declaration declaration) {
        return links.ofDeclaration(BuyerLinks.RECEIPT, declaration.id());
    }

    public Optional<Declaration> ofReceipt(String token) {
        return links.declaration(BuyerLinks.RECEIPT, token).flatMap(known::byId);
    }

    /** What the link of the mail that tells the end is about. */
    public Optional<Declaration> toTakeBack(String token) {
        return links.declaration(BuyerLinks.BACK, token).flatMap(known::byId);
    }

    /** Whether there is still an end to come that can be taken back. */
    public boolean canTakeBack(Declaration declaration) {
        var end = declaration.endsAt();
        return declaration.state() == State.ENDED && end != null && clock.instant().isBefore(end);
    }

    /**
     * Has the subscription go on; once, however often it is asked for.
     *
     * @throws Refused where the token is not ours, or the contract has ended
     */
    @Transactional
    public Declaration takeBack(String token) {
        var declaration =
                toTakeBack(token)
                        .orElseThrow(() ->
                                Refused.notFound("link_unknown", "no declaration has this link"));
        if (declaration.state() == State.RESUMING || declaration.state() == State.RESUMED) {
            return declaration;
        }
        if (!canTakeBack(declaration) || !rows.move(declaration, State.ENDED, State.RESUMING)) {
            throw Refused.gone(
                    "contract_ended", "the contract has ended: it can't be taken back any more");
        }
        wake.afterCommit(DeclarationWork.NAME);
        return known.byId(declaration.id()).orElseThrow();
    }

    /** Those that a person must look at, newest first; null stands for all partners. */
    public List<Declaration> open(@Nullable PartnerId partner, Environment environment, int limit) {
        return known.open(partner, environment, limit);
    }

    /** The declaration, if the reader may see it; null stands for the operator, who sees all. */
    public Optional<Declaration.Told> find(
            @Nullable PartnerId partner, Environment environment, String id) {
        return known.byId(id)
                .filter(found -> partner == null || found.partner().equals(partner))
                .filter(found -> found.environment() == environment)
                .map(found -> new Declaration.Told(found, known.steps(found)));
    }

    /** Those about that order, oldest first. */
    public List<Declaration> ofOrder(OrderId order) {
        return known.ofOrder(order);
    }

    /**
     * The seller acted.
     *
     * @throws Refused where nothing is left to act on
     */
    @Transactional
    public void handled(Declaration declaration) {
        if (!rows.move(declaration, State.OPEN, State.HANDLED)) {
            throw Refused.conflict(
                    "declaration_not_open", "this declaration waits for nobody at the seller");
        }
    }

    /** What the mail about the outcome carries, where the buyer can still take it back. */
    @Transactional
    void settled(
            DeclarationRows.Claimed claimed, State state, String reason, @Nullable Instant endsAt) {
        rows.settle(claimed, state, reason, endsAt)
                .filter(settled -> settled.state() != State.OPEN)
                .ifPresent(settled ->
                        events.publishEvent(
                                new DeclarationSettled(
                                        settled,
                                        canTakeBack(settled)
                                                ? links.ofDeclaration(BuyerLinks.BACK, settled.id())
                                                : "",
                                        known.steps(settled).size())));
    }

    static SubscriptionState subscription(Declaration declaration) {
        Contract contract = declaration.contract();
        return new SubscriptionState(
                declaration.partner(),
                contract.account(),
                declaration.environment(),
                contract.subscription(),
                "",
                null,
                null,
                null,
                null,
                declaration.madeAt());
    }
}
