package com.comptappart.console;

import com.comptappart.people.Act;
import jakarta.servlet.http.HttpSession;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Adding and removing one's passkeys, and the question that one answers to come in. */
@Controller
@May(Act.OWN)
class PasskeyPages {

    private final Passkeys passkeys;

    PasskeyPages(Passkeys passkeys) {
        this.passkeys = passkeys;
    }

    @Open
    @PostMapping("/console/sign-in/passkey")
    ResponseEntity<String> askToComeIn(HttpSession session) {
        return json(passkeys.askToComeIn(session));
    }

    @PostMapping(ProfilePage.PATH + "/passkeys/options")
    ResponseEntity<String> askToAdd(Visitor visitor, Authentication signedIn, HttpSession session) {
        ProfilePage.person(visitor);
        return json(passkeys.askToAdd(signedIn, session));
    }

    @PostMapping(ProfilePage.PATH + "/passkeys")
    String add(
            Visitor visitor,
            Acts acts,
            HttpSession session,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String label,
            RedirectAttributes flash) {
        return acts.of("person.passkey-added", visitor.id())
                .done(
                        flash,
                        "passkeys.added",
                        ProfilePage.PATH,
                        () -> passkeys.add(visitor.id(), session, key, label));
    }

    @PostMapping(ProfilePage.PATH + "/passkeys/{passkey:[A-Za-z0-9_-]{1,1000}}/retirer")
    String remove(
            Visitor visitor, Acts acts, @PathVariable String passkey, RedirectAttributes flash) {
        return acts.of("person.passkey-removed", visitor.id())
                .done(
                        flash,
                        "passkeys.removed",
                        ProfilePage.PATH,
                        () -> passkeys.remove(visitor.id(), passkey));
    }

    private static ResponseEntity<String> json(String text) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(text);
    }
}
