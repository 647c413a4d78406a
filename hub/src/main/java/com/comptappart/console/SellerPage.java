package com.comptappart.console;

import com.comptappart.kernel.Environment;
import com.comptappart.partner.Seller;
import com.comptappart.partner.Sellers;
import com.comptappart.people.Act;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Who issues the invoices, what of it is missing for production, and where it is set. */
@Controller
@May(Act.SETTINGS)
class SellerPage {

    private static final String PREFIX = "COMPTAPPART_SELLER_";

    /** A mention as a row; {@code text} says which law asks for it. */
    record Row(String name, String value, String variable, String law, Badge state) {}

    private final Sellers sellers;

    SellerPage(Sellers sellers) {
        this.sellers = sellers;
    }

    @GetMapping("/console/{partner}/{environment:test|live}/reglages/vendeur")
    String show(Place place, Words words, Model model) {
        var partner = PartnerEndpoints.partner(place);
        var missing = sellers.missingForProduction();
        var seller = sellers.sellerOf(partner, Environment.PRODUCTION);
        model.addAttribute("missing", missing);
        model.addAttribute(
                "rows", rows(seller).stream().map(each -> row(words, missing, each)).toList());
        return "console/seller";
    }

    private record Mention(String variable, String value, String words) {}

    private static List<Mention> rows(Seller seller) {
        return List.of(
                new Mention("NAME", seller.name(), "name"),
                new Mention("LEGALFORM", seller.legalForm(), "form"),
                new Mention("CAPITAL", seller.capital(), "capital"),
                new Mention("ADDRESS_LINE1", seller.line1(), "address"),
                new Mention("ADDRESS_POSTALCODE", seller.postalCode(), "postal-code"),
                new Mention("ADDRESS_CITY", seller.city(), "city"),
                new Mention("SIREN", seller.siren(), "siren"),
                new Mention("RCS", seller.rcs(), "rcs"),
                new Mention("VATNUMBER", seller.vatNumber(), "vat-number"),
                new Mention("VATREGIME", seller.franchise() ? "franchise" : "normal", "regime"),
                new Mention("NATURE", seller.nature(), "nature"),
                new Mention("VATGROUP_NAME", seller.vatGroup().name(), "vat-group"),
                new Mention("GUARANTEE", seller.guarantee(), "guarantee"),
                new Mention("EMAIL", seller.email(), "email"),
                new Mention("FOOTER", seller.footer(), "footer"));
    }

    private static Row row(Words words, List<String> missing, Mention each) {
        String variable = PREFIX + each.variable();
        boolean lacks =
                missing.stream()
                        .anyMatch(said -> said.equals(variable) || said.startsWith(variable + " "));
        Badge state =
                lacks
                        ? Badge.bad(words.text("seller.missing"))
                        : each.value().isBlank()
                                ? Badge.none(words.text("seller.unset"))
                                : Badge.ok(words.text("seller.set"));
        return new Row(
                words.text("seller." + each.words()),
                each.value(),
                variable,
                words.text("seller." + each.words() + ".law"),
                state);
    }
}
