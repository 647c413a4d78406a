package com.comptappart.console;

import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.partner.Partners;
import com.comptappart.people.EmailAddress;
import com.comptappart.people.Invitations;
import com.comptappart.people.SignInLinks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Asking for a link to sign in with, and what the links of mails open. */
@Controller
@Open
class LinkPages {

    private final SignInLinks links;
    private final Invitations invitations;
    private final LinkDesk desk;
    private final FailedSignIns limits;
    private final Partners partners;

    LinkPages(
            SignInLinks links,
            Invitations invitations,
            LinkDesk desk,
            FailedSignIns limits,
            Partners partners) {
        this.links = links;
        this.invitations = invitations;
        this.desk = desk;
        this.limits = limits;
        this.partners = partners;
    }

    /** Says the same whether or not someone has that address. */
    @PostMapping("/console/sign-in/link")
    String askForLink(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(name = "to", defaultValue = "") String to,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String asker = "link " + Origin.of(request).address();
        if (!limits.mayTry(asker)) {
            return again(response, SignInRefused.Problem.TOO_MANY_LINKS, to, model);
        }
        limits.note(asker);
        try {
            desk.ask(new EmailAddress(email), SignInPages.safe(to));
        } catch (Refused notAnAddress) {
            return again(response, SignInRefused.Problem.NO_ADDRESS, to, model);
        }
        return "redirect:/console/sign-in/sent";
    }

    @GetMapping("/console/sign-in/sent")
    String sent(Model model) {
        model.addAttribute("minutes", SignInLinks.VALIDITY.toMinutes());
        return "console/sign-in-sent";
    }

    /** What a mail's link opens: a button, since what reads mails for viruses follows links too. */
    @GetMapping("/console/entrer")
    String enter(
            @RequestParam(defaultValue = "") String jeton,
            @RequestParam(name = "to", defaultValue = "") String to,
            HttpServletResponse response,
            Model model) {
        if (!links.opens(jeton)) {
            return again(response, SignInRefused.Problem.DEAD_LINK, to, model);
        }
        model.addAttribute("token", jeton);
        model.addAttribute("to", SignInPages.safe(to));
        return "console/enter";
    }

    @GetMapping("/console/invitation")
    String invited(
            @RequestParam(defaultValue = "") String jeton,
            HttpServletResponse response,
            Words words,
            Model model) {
        var invitation = invitations.find(jeton);
        if (invitation.isEmpty()) {
            return again(response, SignInRefused.Problem.DEAD_LINK, "", model);
        }
        PartnerId partner = invitation.get().partner();
        model.addAttribute("token", jeton);
        model.addAttribute("email", invitation.get().email().value());
        model.addAttribute("role", words.text("role." + invitation.get().role().code()));
        model.addAttribute(
                "where", partner == null ? words.text("team.hub") : partners.get(partner).name());
        return "console/invited";
    }

    private static String again(
            HttpServletResponse response, SignInRefused.Problem problem, String to, Model model) {
        if (problem.passes()) {
            response.setHeader("Retry-After", Long.toString(FailedSignIns.WINDOW.toSeconds()));
        }
        response.setStatus(problem.status().value());
        model.addAttribute("problem", problem.words());
        model.addAttribute("to", SignInPages.safe(to));
        return "console/sign-in";
    }
}
