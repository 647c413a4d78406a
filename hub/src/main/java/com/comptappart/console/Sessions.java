package com.comptappart.console;

import com.comptappart.kernel.Refused;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/** Where people are signed in, and how that ends. A session's id opens it: no page shows one. */
@Component
class Sessions {

    private static final int HANDLE = 16;

    /**
     * A session as it is shown.
     *
     * @param handle stands for its id in forms and can't be turned back into it
     * @param here whether it is the one that asks
     */
    record Shown(
            String handle,
            String began,
            String machineBegan,
            String seen,
            String machineSeen,
            String address,
            String browser,
            boolean here) {}

    private final FindByIndexNameSessionRepository<? extends Session> kept;

    Sessions(FindByIndexNameSessionRepository<? extends Session> kept) {
        this.kept = kept;
    }

    /**
     * Last seen first.
     *
     * @param here the id of the session that asks, empty where it is someone else's
     */
    List<Shown> of(String visitor, String here, Words words) {
        return kept.findByPrincipalName(visitor).values().stream()
                .sorted(
                        Comparator.<Session, java.time.Instant>comparing(
                                        Session::getLastAccessedTime)
                                .reversed())
                .map(session -> shown(session, here, words))
                .toList();
    }

    boolean isLive(String id) {
        return kept.findById(id) != null;
    }

    /**
     * @throws Refused when the visitor has no such session
     */
    void end(String visitor, String handle) {
        String id =
                kept.findByPrincipalName(visitor).keySet().stream()
                        .filter(each -> handle(each).equals(handle))
                        .findFirst()
                        .orElseThrow(() ->
                                Refused.notFound(
                                        "session_not_found", "this session has ended already"));
        kept.deleteById(id);
    }

    void endOthers(String visitor, String here) {
        kept.findByPrincipalName(visitor).keySet().stream()
                .filter(each -> !each.equals(here))
                .forEach(kept::deleteById);
    }

    void endAll(String visitor) {
        endOthers(visitor, "");
    }

    private static Shown shown(Session session, String here, Words words) {
        var facts = SessionFacts.of(session);
        return new Shown(
                handle(session.getId()),
                words.time(session.getCreationTime()),
                Words.machine(session.getCreationTime()),
                words.time(session.getLastAccessedTime()),
                Words.machine(session.getLastAccessedTime()),
                facts.address(),
                facts.browser(),
                session.getId().equals(here));
    }

    private static String handle(String id) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HANDLE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
