package com.comptappart.console;

import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.mail.Mails;
import com.comptappart.people.Act;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Mails: those of test mode are kept and read here, those of production are followed. */
@Controller
@May(Act.READ)
@RequestMapping("/console/{partner}/{environment:test|live}/e-mails")
class MailPages {

    private static final int ROWS = 25;

    /** A mail's HTML runs nothing, loads nothing and belongs to no site. */
    private static final String MAIL_POLICY =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    /** A mail as it is shown. */
    record Shown(
            String id,
            String url,
            String orderUrl,
            String order,
            String time,
            String machineTime,
            String recipient,
            String subject,
            String text,
            String attachment,
            String reason,
            String messageId,
            Badge state) {}

    private final Mails mails;
    private final Places places;

    MailPages(Mails mails, Places places) {
        this.mails = mails;
        this.places = places;
    }

    @GetMapping
    String list(
            Place place,
            Words words,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var page =
                mails.list(
                        place.partner(), place.environment(), null, new PageRequest(ROWS, after));
        model.addAttribute("mails", shown(words, page.data()));
        model.addAttribute("first", after == null ? null : place.path("/e-mails"));
        model.addAttribute(
                "next",
                page.nextCursor() == null
                        ? null
                        : Cursors.after(place.path("/e-mails"), page.nextCursor()));
        return "console/mails";
    }

    @GetMapping("/{mail}")
    String one(Place place, Words words, @PathVariable String mail, Model model) {
        var found = find(place, mail);
        model.addAttribute("mail", shown(words, found));
        model.addAttribute(
                "attempts",
                mails.attempts(found).stream().map(each -> Timeline.attempt(words, each)).toList());
        return "console/mail";
    }

    @GetMapping("/{mail}/html")
    ResponseEntity<String> html(Place place, @PathVariable String mail) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .header("Content-Security-Policy", MAIL_POLICY)
                .body(find(place, mail).html());
    }

    @May(Act.SEND_MAIL)
    @PostMapping("/{mail}")
    String resend(Place place, @PathVariable String mail, Acts acts, RedirectAttributes flash) {
        var found = find(place, mail);
        return acts.of("mail.resent", found.id())
                .done(
                        flash,
                        "act.resent",
                        place.path("/e-mails/" + found.id()),
                        () -> mails.resend(found, null));
    }

    List<Shown> shown(Words words, List<Mails.Mail> found) {
        return found.stream().map(mail -> shown(words, mail)).toList();
    }

    /** A mail about a payment that became no order leads to the list. */
    static String orderPath(Mails.Mail mail) {
        return mail.order() == null ? "/commandes" : "/commandes/" + mail.order();
    }

    private Shown shown(Words words, Mails.Mail mail) {
        String partner = places.word(mail.partner());
        return new Shown(
                mail.id(),
                Place.path(partner, mail.environment(), "/e-mails/" + mail.id()),
                Place.path(partner, mail.environment(), orderPath(mail)),
                mail.order() == null ? "–" : mail.order().toString(),
                words.time(mail.createdAt()),
                Words.machine(mail.createdAt()),
                mail.recipient(),
                mail.subject(),
                mail.text(),
                mail.attachment() == null ? "" : mail.key() + ".pdf",
                States.reason(words, mail),
                mail.messageId(),
                States.of(words, mail));
    }

    private Mails.Mail find(Place place, String id) {
        return mails.find(place.partner(), place.environment(), id)
                .orElseThrow(() ->
                        Refused.notFound("mail_not_found", "there is no mail " + id + " here"));
    }
}
