package com.comptappart.console;

import com.comptappart.invoice.Contrast;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.partner.Brand;
import com.comptappart.partner.Brands;
import com.comptappart.partner.Logo;
import com.comptappart.partner.Partners;
import com.comptappart.partner.Sellers;
import com.comptappart.people.Act;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The look of a partner's documents: name, colour and logo. The logo comes as text, as by the API:
 * with multipart forms off, no door of this hub ever reads a file before it knows who sent it.
 */
@Controller
@May(Act.SETTINGS)
@RequestMapping("/console/{partner}/{environment:test|live}/reglages/marque")
class BrandPages {

    private static final String PAGE = "/reglages/marque";
    private static final String DATA_URL = "data:image/png;base64,";

    /** What a person typed; an empty logo leaves the one that is there. */
    record Typed(String name, String color, String logo, boolean sellersLogo) {}

    /**
     * A colour with its contrast in figures.
     *
     * @param advice what happens to text in it
     */
    record Shade(
            String code,
            String words,
            String onWhite,
            String onBlack,
            Badge enough,
            String advice) {}

    private final Partners partners;
    private final Brands brands;
    private final Sellers sellers;

    BrandPages(Partners partners, Brands brands, Sellers sellers) {
        this.partners = partners;
        this.brands = brands;
        this.sellers = sellers;
    }

    @GetMapping
    ModelAndView show(Place place, Words words) {
        var partner = partners.get(PartnerEndpoints.partner(place));
        String color = partner.primaryColor() == null ? "" : partner.primaryColor();
        return page(place, words, new Typed(partner.name(), color, "", false), "", HttpStatus.OK);
    }

    @PostMapping
    ModelAndView change(
            Place place,
            Words words,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String color,
            @RequestParam(defaultValue = "") String logo,
            @RequestParam(required = false) @Nullable String sellersLogo,
            Acts acts,
            RedirectAttributes flash) {
        var partner = PartnerEndpoints.partner(place);
        String file = withoutWrapping(logo);
        String newLogo = sellersLogo != null ? "" : (file.isEmpty() ? null : file);
        try {
            Partners.checkBrand(color.strip(), newLogo);
            acts.of("partner.rebranded", partner.value())
                    .everywhere()
                    .giving(
                            () -> {
                                partners.update(partner, name, null, null, null);
                                return partners.rebrand(partner, color.strip(), newLogo);
                            },
                            _ -> partner.value());
        } catch (Refused refused) {
            return page(
                    place,
                    words,
                    new Typed(name, color, logo, sellersLogo != null),
                    words.textOr("settings.error." + refused.code(), refused.detail()),
                    HttpStatus.BAD_REQUEST);
        }
        flash.addFlashAttribute("done", "act.partner-rebranded");
        return new ModelAndView("redirect:" + place.path(PAGE));
    }

    /** As {@code base64} breaks lines, and as browsers begin the text of a file. */
    private static String withoutWrapping(String logo) {
        String text = logo.replaceAll("\\s", "");
        return text.startsWith(DATA_URL) ? text.substring(DATA_URL.length()) : text;
    }

    /** The one that documents get now, which its id names. */
    @GetMapping("/logo/{logo:logo_[A-Za-z0-9]{1,64}}")
    ResponseEntity<byte[]> logo(Place place, @PathVariable String logo) {
        var shown =
                brand(PartnerEndpoints.partner(place))
                        .map(Brand::logo)
                        .filter(each -> each.id().equals(logo))
                        .orElseThrow(
                                () -> Refused.notFound("logo_not_found", "there is no such logo"));
        return ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).body(shown.png());
    }

    private Optional<Brand> brand(PartnerId partner) {
        return Optional.ofNullable(brands.of(List.of(partner)).get(partner)).map(brands::get);
    }

    private ModelAndView page(
            Place place, Words words, Typed typed, String problem, HttpStatus status) {
        var partner = PartnerEndpoints.partner(place);
        var page = new ModelAndView("console/brand", status);
        var brand = brand(partner);
        page.addObject("typed", typed);
        page.addObject("problem", problem);
        page.addObject("action", place.path(PAGE));
        page.addObject("shade", shade(words, brand.map(Brand::primaryColor).orElse("#1f4e79")));
        page.addObject("ownColor", partners.get(partner).primaryColor() != null);
        page.addObject(
                "logo",
                brand.map(Brand::logo)
                        .map(Logo::id)
                        .map(id -> place.path(PAGE + "/logo/" + id))
                        .orElse(""));
        page.addObject("ownLogo", partners.get(partner).logoId() != null);
        page.addObject("seller", sellers.sellerOf(partner, Environment.STAGING));
        return page;
    }

    private static Shade shade(Words words, String code) {
        var contrast = Contrast.of(code);
        String darkened = contrast.darkened();
        return new Shade(
                code,
                darkened,
                words.text("brand.ratio", contrast.withWhite()),
                words.text("brand.ratio", contrast.withBlack()),
                contrast.enough()
                        ? Badge.ok(words.text("brand.enough"))
                        : Badge.held(words.text("brand.too-light")),
                contrast.enough()
                        ? words.text("brand.enough.text")
                        : words.text("brand.too-light.text", darkened));
    }
}
