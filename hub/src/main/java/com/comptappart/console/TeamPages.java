package com.comptappart.console;

import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.people.EmailAddress;
import com.comptappart.people.Invitation;
import com.comptappart.people.Invitations;
import com.comptappart.people.Member;
import com.comptappart.people.People;
import com.comptappart.people.Role;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The team of a partner, or of the hub: who is in it, who is asked in. */
@Controller
@May(Act.TEAM)
@RequestMapping("/console/{partner}/{environment:test|live}/reglages/equipe")
class TeamPages {

    /** A role as it is offered. */
    record Offer(String code, String name, String text, boolean chosen) {}

    /** A member as a row. */
    record Row(
            String url, String name, String email, String role, String since, boolean disabled) {}

    /** An open invitation as a row. */
    record Asked(String url, String email, String role, Badge state) {}

    private final People people;
    private final Invitations invitations;
    private final Clock clock;

    TeamPages(People people, Invitations invitations, Clock clock) {
        this.people = people;
        this.invitations = invitations;
        this.clock = clock;
    }

    @GetMapping
    String list(Place place, Words words, Model model) {
        var team = team(place);
        model.addAttribute(
                "members",
                people.members(team).stream().map(each -> row(place, words, each)).toList());
        model.addAttribute(
                "invitations",
                invitations.open(team).stream().map(each -> asked(place, words, each)).toList());
        model.addAttribute("roles", offers(words, Role.DEVELOPER));
        return "console/team";
    }

    @PostMapping("/invitations")
    String invite(
            Place place,
            Words words,
            Visitor visitor,
            Acts acts,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String role,
            RedirectAttributes flash) {
        String said = email.strip();
        return acts.of("team.invited", said)
                .everywhere()
                .with("role", role)
                .done(
                        flash,
                        "team.invited",
                        url(place),
                        () ->
                                invitations.invite(
                                        team(place),
                                        new EmailAddress(said),
                                        Role.of(role),
                                        visitor.inviter(words)));
    }

    @PostMapping("/invitations/{invitation}/renvoyer")
    String sendAgain(
            Place place,
            Words words,
            Visitor visitor,
            Acts acts,
            @PathVariable String invitation,
            RedirectAttributes flash) {
        return acts.of("team.invitation-resent", invitation)
                .everywhere()
                .done(
                        flash,
                        "team.invited",
                        url(place),
                        () ->
                                invitations.sendAgain(
                                        team(place), invitation, visitor.inviter(words)));
    }

    @PostMapping("/invitations/{invitation}/revoquer")
    String revoke(
            Place place, Acts acts, @PathVariable String invitation, RedirectAttributes flash) {
        return acts.of("team.invitation-revoked", invitation)
                .everywhere()
                .done(
                        flash,
                        "team.revoked",
                        url(place),
                        () -> invitations.revoke(team(place), invitation));
    }

    static String url(Place place) {
        return place.path("/reglages/equipe");
    }

    /** Null for the hub's. */
    static @Nullable PartnerId team(Place place) {
        if (PartnerId.UNASSIGNED.equals(place.partner())) {
            throw Refused.notFound("team_not_found", "what belongs to no partner has no team");
        }
        return place.partner();
    }

    static List<Offer> offers(Words words, Role chosen) {
        return Role.all().stream()
                .map(role ->
                        new Offer(
                                role.code(),
                                words.text("role." + role.code()),
                                words.text("role." + role.code() + ".text"),
                                role == chosen))
                .toList();
    }

    private static Row row(Place place, Words words, Member member) {
        return new Row(
                url(place) + "/" + member.person().id(),
                member.person().name(),
                member.person().email().value(),
                words.text("role." + member.role().code()),
                words.time(member.since()),
                member.person().disabledAt() != null);
    }

    private Asked asked(Place place, Words words, Invitation invitation) {
        boolean over = !clock.instant().isBefore(invitation.expiresAt());
        String until = words.time(invitation.expiresAt());
        return new Asked(
                url(place) + "/invitations/" + invitation.id(),
                invitation.email().value(),
                words.text("role." + invitation.role().code()),
                over
                        ? Badge.held(words.text("team.expired", until))
                        : Badge.waiting(words.text("team.until", until)));
    }
}
