package com.comptappart.console;

import com.comptappart.people.AuditLog;
import com.comptappart.people.Deed;
import com.comptappart.people.Invitations;
import com.comptappart.people.SignInLinks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.stereotype.Component;

/** Writes down who comes in and who goes out, and leads those who came to their page. */
@Component
class Doorbook implements AuthenticationSuccessHandler, LogoutHandler {

    private static final Duration IDLE = Duration.ofHours(8);

    private final Visitors visitors;
    private final AuditLog log;

    Doorbook(Visitors visitors, AuditLog log) {
        this.visitors = visitors;
        this.log = log;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication signedIn)
            throws IOException {
        cameIn(request, signedIn, way(request.getParameter("key")));
        String to = request.getParameter("to");
        response.sendRedirect(to == null || SignInPages.safe(to).isEmpty() ? "/console" : to);
    }

    /** Begins the session. */
    void cameIn(HttpServletRequest request, Authentication signedIn, String way) {
        var session = request.getSession();
        session.setMaxInactiveInterval((int) IDLE.toSeconds());
        SessionFacts.keep(session, Origin.of(request));
        write(request, signedIn, "session.began", Map.of("way", way));
    }

    @Override
    public void logout(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Authentication signedIn) {
        if (signedIn != null) {
            write(request, signedIn, "session.signed-out", Map.of());
        }
    }

    private void write(
            HttpServletRequest request,
            Authentication signedIn,
            String act,
            Map<String, String> detail) {
        visitors.named(signedIn.getName())
                .ifPresent(visitor ->
                        log.write(
                                new Deed(
                                        ActsOfRequest.actor(visitor, Origin.of(request)),
                                        null,
                                        null,
                                        act,
                                        visitor.id(),
                                        detail)));
    }

    private static String way(@Nullable String key) {
        if (key == null) {
            return "";
        }
        if (key.strip().startsWith("{")) {
            return "passkey";
        }
        if (key.strip().startsWith(SignInLinks.PREFIX + "_")) {
            return "link";
        }
        return key.strip().startsWith(Invitations.PREFIX + "_") ? "invitation" : "key";
    }
}
