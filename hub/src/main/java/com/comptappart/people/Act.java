package com.comptappart.people;

import java.util.ArrayList;
import java.util.List;

/**
 * A kind of thing to do in the console, and the roles that may: an administrator always, everyone
 * else where it is said.
 */
public enum Act {
    /** What concerns oneself alone: one's name, one's sessions. */
    OWN(false, Role.MANAGEMENT, Role.DEVELOPER, Role.READER),
    /** See orders, invoices, mails, deliveries. */
    READ(false, Role.MANAGEMENT, Role.DEVELOPER, Role.READER),
    /** Send a buyer a mail again. */
    SEND_MAIL(false, Role.MANAGEMENT),
    /** Refund, cancel a subscription: what moves money or ends a contract. */
    MOVE_MONEY(false, Role.MANAGEMENT),
    /** Take data out: accounting files, lists, archives. */
    EXPORT(false, Role.MANAGEMENT),
    /** Send notifications again, one or many. */
    REPLAY(false, Role.DEVELOPER),
    /** Make, change, test and remove endpoints and see their secrets. */
    ENDPOINTS(false, Role.DEVELOPER),
    /** Make and revoke API keys. */
    KEYS(false, Role.DEVELOPER),
    /** Sample orders, probes and calls with test data. */
    TRY(false, Role.DEVELOPER),
    /** Brand, seller, alerts, going live. */
    SETTINGS(false),
    /** Invite, change roles, remove, end sessions of others. */
    TEAM(false),
    /** Read who did what. */
    JOURNAL(false),
    /** See the hub's own state: queues, Stripe, what belongs to no partner. */
    WATCH(true, Role.MANAGEMENT, Role.DEVELOPER, Role.READER),
    /** Mend the hub: have an unreadable event read again. */
    OPERATE(true, Role.DEVELOPER),
    /** Partners, and people wherever they are: make, disable. */
    GOVERN(true);

    private final boolean ofHub;

    // A copy that nothing changes.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Role> roles;

    Act(boolean ofHub, Role... others) {
        this.ofHub = ofHub;
        var all = new ArrayList<Role>();
        all.add(Role.ADMINISTRATOR);
        all.addAll(List.of(others));
        this.roles = List.copyOf(all);
    }

    /** Whether only who belongs to the hub may, whichever partner is looked at. */
    public boolean ofHub() {
        return ofHub;
    }

    /** Who may, the one who may most first. */
    public List<Role> roles() {
        return roles;
    }
}
