package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.people.People;
import com.comptappart.people.Person;
import jakarta.servlet.http.HttpSession;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own account: name, language, and where one is signed in. */
@Controller
@May(Act.OWN)
@RequestMapping(ProfilePage.PATH)
class ProfilePage {

    static final String PATH = "/console/profil";

    private final People people;
    private final Sessions sessions;
    private final Passkeys passkeys;

    ProfilePage(People people, Sessions sessions, Passkeys passkeys) {
        this.people = people;
        this.sessions = sessions;
        this.passkeys = passkeys;
    }

    @GetMapping
    String show(Visitor visitor, Words words, HttpSession session, Model model) {
        model.addAttribute("visitor", visitor);
        model.addAttribute("sessions", sessions.of(visitor.id(), session.getId(), words));
        model.addAttribute("passkeys", passkeys.of(visitor.id(), words));
        return "console/profile";
    }

    @PostMapping
    String rename(
            Visitor visitor,
            Acts acts,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "fr") String language,
            RedirectAttributes flash) {
        return acts.of("person.renamed", visitor.id())
                .done(
                        flash,
                        "profile.changed",
                        PATH,
                        () -> people.rename(person(visitor).id(), name, language));
    }

    @PostMapping("/sessions/{handle:[0-9a-f]{16}}")
    String end(Visitor visitor, Acts acts, @PathVariable String handle, RedirectAttributes flash) {
        return acts.of("session.ended", visitor.id())
                .done(flash, "sessions.ended", PATH, () -> sessions.end(visitor.id(), handle));
    }

    @PostMapping("/sessions")
    String endOthers(Visitor visitor, Acts acts, HttpSession session, RedirectAttributes flash) {
        return acts.of("session.ended-others", visitor.id())
                .done(
                        flash,
                        "sessions.ended",
                        PATH,
                        () -> sessions.endOthers(visitor.id(), session.getId()));
    }

    static Person person(Visitor visitor) {
        var person = visitor.person();
        if (person == null) {
            throw Refused.conflict("no_person", "an operator key has no name to change");
        }
        return person;
    }
}
