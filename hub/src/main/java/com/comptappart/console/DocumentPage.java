package com.comptappart.console;

import com.comptappart.invoice.DocumentFinder;
import com.comptappart.invoice.FacturX;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One invoice or credit note: what it says and looks like, what proves it, who got it. */
@Controller
@May(Act.READ)
@RequestMapping("/console/{partner}/{environment:test|live}/factures/{number}")
class DocumentPage {

    private final DocumentFinder documents;
    private final Invoices invoices;
    private final Dossiers dossiers;
    private final Letters letters;

    DocumentPage(DocumentFinder documents, Invoices invoices, Dossiers dossiers, Letters letters) {
        this.documents = documents;
        this.invoices = invoices;
        this.dossiers = dossiers;
        this.letters = letters;
    }

    @GetMapping
    String show(Place place, Words words, @PathVariable String number, Model model) {
        var issued = find(place, number);
        var pdf = pdf(issued);
        var document = dossiers.document(issued);
        model.addAttribute("document", dossiers.view(words, document));
        model.addAttribute("related", dossiers.related(words, issued));
        model.addAttribute("pages", dossiers.pages(pdf));
        model.addAttribute("xml", FacturX.read(invoices.xml(pdf).bytes()).pretty());
        model.addAttribute("findings", dossiers.findings(words, document, pdf));
        model.addAttribute("mails", dossiers.mails(words, letters.of(issued)));
        return "console/document";
    }

    /**
     * Asked for again each time, so that a session that ended sees nothing more, and drawn only
     * where the browser doesn't have it: a document never changes.
     */
    @GetMapping("/pages/{page}")
    ResponseEntity<byte[]> page(
            Place place,
            @PathVariable String number,
            @PathVariable String page,
            @RequestHeader(value = HttpHeaders.IF_NONE_MATCH, defaultValue = "") String known) {
        var issued = find(place, number);
        int wanted = page.matches("[0-9]{1,3}") ? Integer.parseInt(page) : 0;
        String tag = dossiers.tag(issued, wanted);
        if (known.equals(tag)) {
            return answer(HttpStatus.NOT_MODIFIED, tag).build();
        }
        return dossiers.picture(pdf(issued), wanted)
                .map(png -> answer(HttpStatus.OK, tag).contentType(MediaType.IMAGE_PNG).body(png))
                .orElseGet(() ->
                        ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                                .header(HttpHeaders.RETRY_AFTER, "5")
                                .build());
    }

    private static ResponseEntity.BodyBuilder answer(HttpStatus status, String tag) {
        return ResponseEntity.status(status)
                .eTag(tag)
                .cacheControl(CacheControl.noCache().cachePrivate());
    }

    @GetMapping("/pdf")
    ResponseEntity<byte[]> pdf(
            Place place,
            @PathVariable String number,
            @RequestParam(defaultValue = "false") boolean telecharger) {
        return DocumentFile.of(pdf(find(place, number)), telecharger);
    }

    @GetMapping("/xml")
    ResponseEntity<byte[]> xml(Place place, @PathVariable String number) {
        return DocumentFile.of(invoices.xml(pdf(find(place, number))), true);
    }

    @May(Act.SEND_MAIL)
    @PostMapping("/renvoi")
    String sendAgain(
            Place place,
            @PathVariable String number,
            @RequestParam(defaultValue = "") String email,
            Acts acts,
            RedirectAttributes flash) {
        var issued = find(place, number);
        return acts.of("mail.resent", issued.number())
                .done(
                        flash,
                        "act.resent",
                        place.path(DocumentPages.PATH + "/" + issued.number()),
                        () -> letters.sendAgain(issued, email));
    }

    private InvoiceIssued find(Place place, String number) {
        return documents
                .find(place.partner(), place.environment(), number)
                .orElseThrow(() -> missing(number));
    }

    private Invoices.Document pdf(InvoiceIssued issued) {
        return invoices.pdf(issued).orElseThrow(() -> missing(issued.number()));
    }

    private static Refused missing(String number) {
        return Refused.notFound(
                "document_not_found", "there is no invoice or credit note " + number + " here");
    }
}
