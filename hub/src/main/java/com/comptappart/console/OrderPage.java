package com.comptappart.console;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.Refused;
import com.comptappart.mail.Mails;
import com.comptappart.people.Act;
import com.comptappart.webhook.Notifications;
import java.security.Principal;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One order: its story, its invoice, and what can be done again. */
@Controller
@May(Act.READ)
@RequestMapping("/console/{partner}/{environment:test|live}/commandes/{order:[0-9]{1,18}}")
class OrderPage {

    private final Stories stories;
    private final Timeline timeline;
    private final Invoices invoices;
    private final Mails mails;
    private final Notifications notifications;

    OrderPage(
            Stories stories,
            Timeline timeline,
            Invoices invoices,
            Mails mails,
            Notifications notifications) {
        this.stories = stories;
        this.timeline = timeline;
        this.invoices = invoices;
        this.mails = mails;
        this.notifications = notifications;
    }

    @GetMapping
    String show(Place place, Words words, @PathVariable long order, Model model) {
        var story = stories.get(place, order);
        String url = url(place, order);
        model.addAttribute(
                "refund", RefundView.room(words, story.order(), stories.room(story.order())));
        model.addAttribute("order", OrderView.of(words, story, url));
        model.addAttribute("steps", timeline.of(words, story, url));
        return "console/order";
    }

    @GetMapping("/facture.pdf")
    ResponseEntity<byte[]> invoice(
            Place place,
            @PathVariable long order,
            @RequestParam(defaultValue = "false") boolean telecharger) {
        var issued = stories.get(place, order).invoice();
        if (issued == null) {
            throw Refused.notFound("invoice_not_found", "order " + order + " has no invoice yet");
        }
        return pdf(issued, telecharger);
    }

    @GetMapping("/avoirs/{number:[A-Z0-9-]{1,35}}.pdf")
    ResponseEntity<byte[]> creditNote(
            Place place,
            @PathVariable long order,
            @PathVariable String number,
            @RequestParam(defaultValue = "false") boolean telecharger) {
        var issued =
                stories.get(place, order).creditNotes().stream()
                        .filter(each -> each.number().equals(number))
                        .findFirst()
                        .orElseThrow(() -> missing("credit_note", number));
        return pdf(issued, telecharger);
    }

    private ResponseEntity<byte[]> pdf(InvoiceIssued issued, boolean download) {
        var document = invoices.pdf(issued).orElseThrow(() -> missing("document", issued.number()));
        return DocumentFile.of(document, download);
    }

    @May(Act.REPLAY)
    @PostMapping("/notifications/{notification}")
    String replay(
            Place place,
            @PathVariable long order,
            @PathVariable String notification,
            Principal signedIn,
            Acts acts,
            RedirectAttributes flash) {
        var found =
                stories.get(place, order).notifications().stream()
                        .filter(each -> each.id().equals(notification))
                        .findFirst()
                        .orElseThrow(() -> missing("notification", notification));
        return acts.of("notification.replayed", found.id())
                .done(
                        flash,
                        "act.replayed",
                        url(place, order),
                        () -> notifications.replay(found, signedIn.getName()));
    }

    @May(Act.SEND_MAIL)
    @PostMapping("/e-mails/{mail}")
    String resend(
            Place place,
            @PathVariable long order,
            @PathVariable String mail,
            Acts acts,
            RedirectAttributes flash) {
        var found =
                stories.get(place, order).mails().stream()
                        .filter(each -> each.id().equals(mail))
                        .findFirst()
                        .orElseThrow(() -> missing("mail", mail));
        return acts.of("mail.resent", found.id())
                .done(flash, "act.resent", url(place, order), () -> mails.resend(found, null));
    }

    private static Refused missing(String kind, String id) {
        return Refused.notFound(kind + "_not_found", "this order has no " + kind + " " + id);
    }

    private static String url(Place place, long order) {
        return place.path("/commandes/" + order);
    }
}
