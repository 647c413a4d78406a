package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.people.Member;
import com.comptappart.people.People;
import com.comptappart.people.Role;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One member of a team: role, sessions, and the ways out. */
@Controller
@May(Act.TEAM)
@RequestMapping(
        "/console/{partner}/{environment:test|live}/reglages/equipe/{person:user_[A-Za-z0-9]{1,40}}")
class MemberPages {

    private final People people;
    private final Sessions sessions;

    MemberPages(People people, Sessions sessions) {
        this.people = people;
        this.sessions = sessions;
    }

    @GetMapping
    String show(Place place, Words words, @PathVariable String person, Model model) {
        var member = member(place, person);
        fill(place, words, member, model);
        model.addAttribute("sessions", sessions.of(person, "", words));
        model.addAttribute("roles", TeamPages.offers(words, member.role()));
        return "console/member";
    }

    @PostMapping("/role")
    String changeRole(
            Place place,
            Acts acts,
            @PathVariable String person,
            @RequestParam(defaultValue = "") String role,
            RedirectAttributes flash) {
        var member = member(place, person);
        return acts.of("team.role-changed", person)
                .everywhere()
                .with("from", member.role().code())
                .with("to", role)
                .done(
                        flash,
                        "team.role-changed",
                        url(place, person),
                        () -> people.changeRole(TeamPages.team(place), person, Role.of(role)));
    }

    @PostMapping("/sessions")
    String endSessions(
            Place place, Acts acts, @PathVariable String person, RedirectAttributes flash) {
        member(place, person);
        return acts.of("session.ended-all", person)
                .everywhere()
                .done(flash, "sessions.ended", url(place, person), () -> sessions.endAll(person));
    }

    @GetMapping("/retirer")
    String askToRemove(Place place, Words words, @PathVariable String person, Model model) {
        return leave(place, words, person, model, "remove", "retirer");
    }

    @PostMapping("/retirer")
    String remove(Place place, Acts acts, @PathVariable String person, RedirectAttributes flash) {
        var member = member(place, person);
        return acts.of("team.removed", person)
                .everywhere()
                .with("role", member.role().code())
                .done(
                        flash,
                        "team.removed",
                        TeamPages.url(place),
                        () -> people.remove(TeamPages.team(place), person));
    }

    @May(Act.GOVERN)
    @GetMapping("/desactiver")
    String askToDisable(Place place, Words words, @PathVariable String person, Model model) {
        return leave(place, words, person, model, "disable", "desactiver");
    }

    @May(Act.GOVERN)
    @PostMapping("/desactiver")
    String disable(Place place, Acts acts, @PathVariable String person, RedirectAttributes flash) {
        member(place, person);
        return acts.of("person.disabled", person)
                .everywhere()
                .done(
                        flash,
                        "team.disabled",
                        url(place, person),
                        () -> {
                            people.disable(person, true);
                            sessions.endAll(person);
                        });
    }

    @May(Act.GOVERN)
    @PostMapping("/reactiver")
    String enable(Place place, Acts acts, @PathVariable String person, RedirectAttributes flash) {
        member(place, person);
        return acts.of("person.enabled", person)
                .everywhere()
                .done(
                        flash,
                        "team.enabled",
                        url(place, person),
                        () -> people.disable(person, false));
    }

    /** Says what will happen before it does. */
    private String leave(
            Place place, Words words, String person, Model model, String way, String path) {
        fill(place, words, member(place, person), model);
        model.addAttribute("way", way);
        model.addAttribute("path", path);
        return "console/member-leave";
    }

    private static void fill(Place place, Words words, Member member, Model model) {
        model.addAttribute("url", url(place, member.person().id()));
        model.addAttribute("member", member.person());
        model.addAttribute("role", words.text("role." + member.role().code()));
        model.addAttribute("since", words.time(member.since()));
    }

    private Member member(Place place, String person) {
        return people.member(TeamPages.team(place), person)
                .orElseThrow(() ->
                        Refused.notFound("person_not_found", "there is no " + person + " here"));
    }

    private static String url(Place place, String person) {
        return TeamPages.url(place) + "/" + person;
    }
}
