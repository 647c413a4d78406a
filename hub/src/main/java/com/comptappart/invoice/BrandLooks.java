package com.comptappart.invoice;

import com.comptappart.partner.Brands;
import org.springframework.stereotype.Component;

/** Looks of brands, which never change: another logo makes another brand. */
@Component
class BrandLooks {

    private final Brands brands;

    BrandLooks(Brands brands) {
        this.brands = brands;
    }

    Look of(String id) {
        var brand = brands.get(id);
        var logo = brand.logo();
        return Look.of(
                brand.primaryColor() == null
                        ? Look.PLAIN.accent().rgb()
                        : Integer.parseInt(brand.primaryColor().substring(1), 16),
                logo == null
                        ? null
                        : new Look.Picture(logo.width(), logo.height(), logo.samples()));
    }
}
