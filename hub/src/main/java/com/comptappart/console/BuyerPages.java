package com.comptappart.console;

import com.comptappart.buyer.BuyerLinks;
import com.comptappart.kernel.Ids;
import com.comptappart.kernel.Refused;
import com.comptappart.order.Order;
import com.comptappart.people.EmailAddress;
import com.comptappart.stripe.PortalSessions;
import com.comptappart.stripe.StripeUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The buyer's area, which a link in a mail opens, and the page that has another link sent. */
@Controller
@Open
class BuyerPages {

    private final BuyerLinks links;
    private final BuyerArea area;
    private final PortalSessions portals;
    private final LinkDesk desk;
    private final FailedSignIns limits;
    private final Shops shops;
    private final String publicUrl;

    BuyerPages(
            BuyerLinks links,
            BuyerArea area,
            PortalSessions portals,
            LinkDesk desk,
            FailedSignIns limits,
            Shops shops,
            @Value("${comptappart.public-url:http://localhost:8080}") String publicUrl) {
        this.links = links;
        this.area = area;
        this.portals = portals;
        this.desk = desk;
        this.limits = limits;
        this.shops = shops;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    @GetMapping(BuyerDoor.AREA)
    String ask(@RequestParam(defaultValue = "") String vendeur, Model model) {
        return ask(vendeur, "", model);
    }

    private String ask(String vendeur, String problem, Model model) {
        model.addAttribute("problem", problem);
        model.addAttribute("vendeur", vendeur);
        model.addAttribute("shop", shops.of(vendeur));
        return "buyer/ask";
    }

    /** Says the same, as fast, whether or not the address bought anything. */
    @PostMapping(BuyerDoor.AREA)
    String send(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String vendeur,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String asker = "area " + Origin.of(request).address();
        if (!limits.mayTry(asker)) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader("Retry-After", Long.toString(FailedSignIns.WINDOW.toSeconds()));
            return ask(vendeur, "buyers.problem.too-many", model);
        }
        limits.note(asker);
        try {
            desk.askForArea(new EmailAddress(email));
        } catch (Refused notAnAddress) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return ask(vendeur, "buyers.problem.email-unusable", model);
        }
        return "redirect:" + BuyerDoor.AREA + "/envoye" + shops.of(vendeur).url("");
    }

    @GetMapping(BuyerDoor.AREA + "/envoye")
    String sent(@RequestParam(defaultValue = "") String vendeur, Model model) {
        return sent(shops.of(vendeur), "", model);
    }

    private static String sent(Shop shop, String to, Model model) {
        model.addAttribute("shop", shop);
        model.addAttribute("to", to);
        model.addAttribute("minutes", BuyerLinks.FRESH.toMinutes());
        return "buyer/sent";
    }

    @GetMapping(BuyerDoor.AREA + "/{token}")
    String show(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String apres,
            HttpServletResponse response,
            Words words,
            Model model) {
        return switch (links.read(token)) {
            case BuyerLinks.Opened opened -> area(opened, token, apres, words, model);
            case BuyerLinks.Expired expired -> {
                response.setStatus(HttpStatus.GONE.value());
                model.addAttribute("token", token);
                model.addAttribute("shop", shop(expired.order()));
                yield "buyer/expired";
            }
            case BuyerLinks.Unknown _ -> throw unknown();
        };
    }

    private String area(
            BuyerLinks.Opened opened,
            String token,
            @Nullable String apres,
            Words words,
            Model model) {
        var page = area.orders(opened, apres);
        var subscriptions = area.subscriptions(opened);
        String here = BuyerDoor.AREA + "/" + token;
        model.addAttribute("token", token);
        model.addAttribute("shop", shop(opened.order()));
        model.addAttribute("test", !opened.order().paid().environment().livemode());
        model.addAttribute("email", hidden(opened.email()));
        model.addAttribute("documents", area.documents(page.data(), token, words));
        model.addAttribute(
                "subscriptions", area.subscribed(subscriptions, page.data(), token, words));
        model.addAttribute("first", apres == null ? null : here);
        model.addAttribute(
                "next",
                page.nextCursor() == null ? null : Cursors.with(here, "apres", page.nextCursor()));
        return "buyer/area";
    }

    @GetMapping(BuyerDoor.AREA + "/{token}/documents/{number}")
    ResponseEntity<byte[]> document(@PathVariable String token, @PathVariable String number) {
        var document =
                area.pdf(opened(token), number)
                        .orElseThrow(() ->
                                Refused.notFound(
                                        "document_not_found", "there is no document here"));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(document.filename())
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .body(document.bytes());
    }

    /** Has a fresh link sent to the address itself, to no other. */
    @PostMapping(BuyerDoor.AREA + "/{token}/lien")
    String sendAgain(@PathVariable String token, Model model) {
        var order =
                switch (links.read(token)) {
                    case BuyerLinks.Opened opened -> opened.order();
                    case BuyerLinks.Expired expired -> expired.order();
                    case BuyerLinks.Unknown _ -> throw unknown();
                };
        links.askAgain(order);
        String email = order.paid().buyer().email();
        return sent(shop(order), email == null ? "" : hidden(email), model);
    }

    /**
     * Opens Stripe's page, where the means of payment are. Who has the mail of an invoice is not
     * always who paid it: the address itself is asked first.
     */
    @PostMapping(BuyerDoor.AREA + "/{token}/carte")
    String card(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String abonnement,
            HttpServletResponse response,
            Model model) {
        var opened = opened(token);
        var shop = shop(opened.order());
        if (!opened.fresh()) {
            links.askAgain(opened.order());
            return sent(shop, hidden(opened.email()), model);
        }
        var paid = opened.order().paid();
        boolean isTheirs =
                area.subscriptions(opened).stream()
                        .anyMatch(each -> each.subscriptionId().equals(abonnement));
        if (!isTheirs) {
            throw Refused.notFound("subscription_not_found", "there is no subscription here");
        }
        model.addAttribute("shop", shop);
        model.addAttribute("token", token);
        try {
            var portal =
                    portals.create(
                            paid.partner(),
                            paid.environment(),
                            new PortalSessions.Wanted(
                                    abonnement, null, publicUrl + BuyerDoor.AREA + "/" + token),
                            Ids.next("portal"));
            model.addAttribute("url", portal.url());
            return "buyer/card";
        } catch (StripeUnavailable away) {
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
            model.addAttribute("problem", "buyers.problem.stripe-away");
        } catch (Refused shut) {
            // Such as a customer who also bought from another seller: the portal shows all.
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("problem", "buyers.problem.no-portal");
        }
        return "buyer/card";
    }

    private BuyerLinks.Opened opened(String token) {
        return switch (links.read(token)) {
            case BuyerLinks.Opened opened -> opened;
            case BuyerLinks.Expired _ ->
                    throw Refused.gone("link_expired", "this link has expired");
            case BuyerLinks.Unknown _ -> throw unknown();
        };
    }

    private static Refused unknown() {
        return Refused.notFound("page_not_found", "no page has this address");
    }

    private Shop shop(Order order) {
        return shops.of(order.paid().partner(), order.paid().environment());
    }

    /** {@code m…@example.com}: who has the mailbox knows it, who has only the link does not. */
    static String hidden(String email) {
        int at = email.indexOf('@');
        return at < 1 ? "…" : email.charAt(0) + "…" + email.substring(at);
    }
}
