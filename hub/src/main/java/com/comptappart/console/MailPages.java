package com.comptappart.console;

import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.mail.MailFinder;
import com.comptappart.mail.Mails;
import com.comptappart.mail.TestInbox;
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
            String document,
            String documentUrl,
            String reason,
            String messageId,
            boolean waits,
            Badge state) {}

    private final Mails mails;
    private final MailFinder finder;
    private final TestInbox inbox;
    private final Places places;

    MailPages(Mails mails, MailFinder finder, TestInbox inbox, Places places) {
        this.mails = mails;
        this.finder = finder;
        this.inbox = inbox;
        this.places = places;
    }

    @GetMapping
    String list(
            Place place,
            Words words,
            MailSearch asked,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var page =
                asked.filter(place)
                        .map(filter -> finder.list(filter, new PageRequest(ROWS, after)))
                        .orElseGet(() -> new Page<Mails.Mail>(List.of(), null));
        model.addAttribute("mails", shown(words, page.data()));
        model.addAttribute("asked", asked);
        model.addAttribute("states", Mails.State.values());
        model.addAttribute("first", after == null ? null : asked.address(place, null));
        model.addAttribute(
                "next", page.nextCursor() == null ? null : asked.address(place, page.nextCursor()));
        return "console/mails";
    }

    @GetMapping("/{mail}")
    String one(Place place, Words words, @PathVariable String mail, Model model) {
        var found = find(place, mail);
        model.addAttribute("mail", shown(words, found));
        model.addAttribute(
                "attempts",
                mails.attempts(found).stream().map(each -> Timeline.attempt(words, each)).toList());
        model.addAttribute("raw", inbox.read(found).orElse(null));
        return "console/mail";
    }

    @GetMapping("/{mail}/html")
    ResponseEntity<String> html(Place place, @PathVariable String mail) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .header("Content-Security-Policy", MAIL_POLICY)
                .body(find(place, mail).html());
    }

    /** As the mail server gets it; of test mode only. */
    @GetMapping("/{mail}/message.eml")
    ResponseEntity<byte[]> message(Place place, @PathVariable String mail) {
        var found = find(place, mail);
        var raw =
                inbox.read(found)
                        .orElseThrow(() ->
                                Refused.notFound(
                                        "message_not_found",
                                        "the message of mail " + mail + " is not shown"));
        return DocumentFile.of(
                new Invoices.Document(found.id() + ".eml", "message/rfc822", raw.bytes()), true);
    }

    @May(Act.SEND_MAIL)
    @PostMapping("/{mail}")
    String resend(
            Place place,
            @PathVariable String mail,
            @RequestParam(defaultValue = "") String email,
            Acts acts,
            RedirectAttributes flash) {
        var found = find(place, mail);
        return acts.of("mail.resent", found.id())
                .done(
                        flash,
                        "act.resent",
                        place.path("/e-mails/" + found.id()),
                        () -> mails.resend(found, email.isBlank() ? null : email.strip()));
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
                mail.attachment() == null ? "" : mail.about(),
                Place.path(partner, mail.environment(), DocumentPages.PATH + "/" + mail.about()),
                States.reason(words, mail),
                mail.messageId(),
                mail.state() != Mails.State.SUPPRESSED && !mail.text().isEmpty(),
                States.of(words, mail));
    }

    private Mails.Mail find(Place place, String id) {
        return mails.find(place.partner(), place.environment(), id)
                .orElseThrow(() ->
                        Refused.notFound("mail_not_found", "there is no mail " + id + " here"));
    }
}
