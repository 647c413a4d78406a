package com.comptappart.partner;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Misconfigured;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The looks of documents: a partner's colour and logo, and the seller's where it has none. */
@Repository
public class Brands {

    private final JdbcClient jdbc;
    private final @Nullable String sellerLogo;
    private final @Nullable String sellerColor;

    /**
     * @throws Misconfigured when the seller's logo can't be read
     */
    Brands(
            JdbcClient jdbc,
            @Value("${comptappart.seller.logo:}") String logo,
            @Value("${comptappart.seller.primary-color:}") String color) {
        this.jdbc = jdbc;
        this.sellerLogo = logo.isBlank() ? null : keep(file(logo));
        this.sellerColor = color.isBlank() ? null : configured(color);
    }

    private static Logo file(String path) {
        try {
            var file = Path.of(path);
            if (Files.size(file) > LogoFile.MAX_BYTES) {
                throw new Misconfigured(
                        "COMPTAPPART_SELLER_LOGO: a PNG file of at most "
                                + LogoFile.MAX_BYTES / 1024
                                + " KiB");
            }
            return LogoFile.of(Files.readAllBytes(file));
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw new Misconfigured(
                    "COMPTAPPART_SELLER_LOGO must name a PNG file that can be read, not '"
                            + path
                            + "'");
        } catch (Refused e) {
            throw new Misconfigured("COMPTAPPART_SELLER_LOGO: " + e.detail());
        }
    }

    private static String configured(String color) {
        try {
            return checkedColor(color);
        } catch (Refused e) {
            throw new Misconfigured("COMPTAPPART_SELLER_PRIMARYCOLOR: " + e.detail());
        }
    }

    static String checkedColor(String color) {
        String lower = color.toLowerCase(Locale.ROOT);
        if (!lower.matches("#[0-9a-f]{6}")) {
            throw Refused.invalid(
                    "primary_color_invalid",
                    "primary_color: six hexadecimal digits, such as #1f4e79");
        }
        return lower;
    }

    /** What a partner chose; null where the seller's holds. */
    private record Chosen(PartnerId partner, @Nullable String color, @Nullable String logoId) {}

    /**
     * The ids of the brands that documents of these partners get from now on; none where neither
     * the partner nor the seller has a colour or a logo.
     */
    public Map<PartnerId, String> of(Collection<PartnerId> partners) {
        var chosen =
                jdbc.sql(
                                """
                                select partner_id, primary_color, logo_id
                                from partner
                                where partner_id = any(:ids)
                                    and (primary_color is not null or logo_id is not null)
                                """)
                        .param("ids", Columns.texts(partners, PartnerId::value))
                        .query(Brands::chosen)
                        .list();
        Map<PartnerId, String> brands = new HashMap<>();
        String sellers = id(sellerColor, sellerLogo);
        if (sellers != null) {
            partners.forEach(partner -> brands.put(partner, sellers));
        }
        for (Chosen each : chosen) {
            String brand =
                    id(
                            each.color() == null ? sellerColor : each.color(),
                            each.logoId() == null ? sellerLogo : each.logoId());
            if (brand != null) {
                brands.put(each.partner(), brand);
            }
        }
        return brands;
    }

    /** Keeps a logo that was read. */
    String keep(Logo logo) {
        jdbc.sql(
                        """
                        insert into logo (logo_id, width, height, samples)
                        values (:id, :width, :height, :samples)
                        on conflict (logo_id) do nothing
                        """)
                .param("id", logo.id())
                .param("width", logo.width())
                .param("height", logo.height())
                .param("samples", logo.samples())
                .update();
        return logo.id();
    }

    private static @Nullable String id(@Nullable String color, @Nullable String logoId) {
        if (color == null && logoId == null) {
            return null;
        }
        return (color == null ? "" : color) + "/" + (logoId == null ? "" : logoId);
    }

    /**
     * A brand that a document has.
     *
     * @throws IllegalStateException where there is no such logo
     */
    public Brand get(String id) {
        int slash = id.indexOf('/');
        String color = id.substring(0, slash);
        String logoId = id.substring(slash + 1);
        return new Brand(
                id, color.isEmpty() ? null : color, logoId.isEmpty() ? null : logo(logoId));
    }

    private Logo logo(String id) {
        return jdbc.sql("select logo_id, width, height, samples from logo where logo_id = :id")
                .param("id", id)
                .query((row, number) ->
                        new Logo(
                                id,
                                row.getInt("width"),
                                row.getInt("height"),
                                Objects.requireNonNull(row.getBytes("samples"))))
                .optional()
                .orElseThrow(() -> new IllegalStateException("there is no logo " + id));
    }

    private static Chosen chosen(ResultSet row, int number) throws SQLException {
        return new Chosen(
                new PartnerId(row.getString("partner_id")),
                row.getString("primary_color"),
                row.getString("logo_id"));
    }
}
