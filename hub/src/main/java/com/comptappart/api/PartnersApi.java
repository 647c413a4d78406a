package com.comptappart.api;

import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Caller;
import com.comptappart.partner.Partner;
import com.comptappart.partner.Partners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/partners}. */
@RestController
@Tag(name = "Partners", description = "Who sells through the hub. Operator keys only.")
class PartnersApi {

    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    @Schema(name = "BrandChange")
    record Brand(
            @Schema(
                            description = "#rrggbb; an empty text brings the seller's back",
                            example = "#1f4e79")
                    @Nullable String primaryColor,
            @Schema(
                            description =
                                    "A PNG file in base64, at most 512 KiB and 4 million pixels (800 × 220 are enough);"
                                            + " transparent parts become white. An empty text brings the seller's back",
                            example = PIXEL)
                    @Nullable String logo) {}

    @Schema(name = "NewPartner")
    record New(
            @Schema(
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            maxLength = 200,
                            example = "Déclarons")
                    @Nullable String name,
            @Schema(
                            description = "2 to 40 lower-case letters, digits and hyphens; unique",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "declarons")
                    @Nullable String slug,
            @Schema(
                            description = "Where the partner is told of failures",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "technique@declarons.example")
                    @Nullable String contactEmail,
            @Schema(
                            allowableValues = {"fr", "en"},
                            defaultValue = "fr",
                            example = "fr")
                    @Nullable String locale,
            @Schema(description = "acct_…: its own connected account, where it sells through one")
                    @Nullable String stripeAccount,
            @Schema(description = "The look of its documents") @Nullable Brand brand) {}

    @Schema(name = "PartnerChange")
    record Change(
            @Schema(example = "Déclarons SAS") @Nullable String name,
            @Schema(example = "technique@declarons.example") @Nullable String contactEmail,
            @Schema(
                            allowableValues = {"fr", "en"},
                            example = "fr")
                    @Nullable String locale,
            @Schema(description = "acct_…; an empty text unbinds it")
                    @Nullable String stripeAccount,
            @Schema(description = "The look of its documents from now on") @Nullable Brand brand) {}

    private final Partners partners;
    private final Scopes scopes;
    private final Deeds deeds;

    PartnersApi(Partners partners, Scopes scopes, Deeds deeds) {
        this.deeds = deeds;
        this.partners = partners;
        this.scopes = scopes;
    }

    @PostMapping("/v1/partners")
    @NeedsOperator
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createPartner",
            summary = "Add a partner",
            description =
                    "Its id or slug in the \"partner\" metadata of a Stripe product says whose sale it is.")
    PartnerView create(Caller.Operator operator, @RequestBody New wanted) {
        Given.allOf(
                Given.field("name", wanted.name()),
                Given.field("slug", wanted.slug()),
                Given.field("contact_email", wanted.contactEmail()));
        check(wanted.brand());
        return PartnerView.of(
                deeds.of(operator, "partner.created", null, null, "")
                        .done(
                                () -> branded(made(wanted), wanted.brand()),
                                (deed, made) -> deed.at(made.id(), null).on(made.id().value())));
    }

    private Partner made(New wanted) {
        return partners.create(
                Given.required("name", wanted.name()),
                Given.required("slug", wanted.slug()),
                Given.required("contact_email", wanted.contactEmail()),
                wanted.locale(),
                wanted.stripeAccount());
    }

    @GetMapping("/v1/partners")
    @NeedsOperator
    @Operation(
            operationId = "listPartners",
            summary = "List partners",
            description = "Oldest first.")
    ListView<PartnerView> list(Caller.Operator operator, PageRequest page) {
        return ListView.of(partners.list(page), PartnerView::of);
    }

    @GetMapping("/v1/partners/{id}")
    @NeedsOperator
    @Operation(
            operationId = "getPartner",
            summary = "Get a partner",
            description = "By its id or its slug.")
    PartnerView get(Caller.Operator operator, @PathVariable("id") String id) {
        return PartnerView.of(partners.get(scopes.visible(operator, id)));
    }

    @PatchMapping("/v1/partners/{id}")
    @NeedsOperator
    @Operation(
            operationId = "updatePartner",
            summary = "Change a partner",
            description = "Fields that are left out stay as they are. The slug never changes.")
    PartnerView update(
            Caller.Operator operator, @PathVariable("id") String id, @RequestBody Change change) {
        check(change.brand());
        var partner = scopes.visible(operator, id);
        return PartnerView.of(
                deeds.of(operator, "partner.updated", partner, null, partner.value())
                        .done(() -> branded(changed(partner, change), change.brand())));
    }

    private Partner changed(PartnerId partner, Change change) {
        return partners.update(
                partner,
                change.name(),
                change.contactEmail(),
                change.locale(),
                change.stripeAccount());
    }

    /** Before anything is changed: a refusal leaves all as it was. */
    private static void check(@Nullable Brand brand) {
        if (brand != null) {
            Partners.checkBrand(brand.primaryColor(), brand.logo());
        }
    }

    private Partner branded(Partner partner, @Nullable Brand brand) {
        return brand == null
                ? partner
                : partners.rebrand(partner.id(), brand.primaryColor(), brand.logo());
    }
}
