package com.comptappart.partner;

import com.comptappart.kernel.Ids;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Where partners are kept. */
@Repository
public class Partners {

    private final JdbcClient jdbc;
    private final Brands brands;
    private final Clock clock;
    private final Map<String, PartnerId> known = new ConcurrentHashMap<>();

    Partners(JdbcClient jdbc, Brands brands, Clock clock) {
        this.jdbc = jdbc;
        this.brands = brands;
        this.clock = clock;
    }

    public Partner create(String name, String slug, String contactEmail, @Nullable String locale) {
        return create(name, slug, contactEmail, locale, null);
    }

    /**
     * Adds a partner.
     *
     * @throws Refused when a field is missing or wrong, or the slug or account is taken
     */
    public Partner create(
            String name,
            String slug,
            String contactEmail,
            @Nullable String locale,
            @Nullable String stripeAccount) {
        var partner =
                new Partner(
                        new PartnerId(Ids.next("part")),
                        checkedSlug(slug),
                        checkedName(name),
                        checkedEmail(contactEmail),
                        checkedLocale(locale == null ? "fr" : locale),
                        checkedAccount(stripeAccount),
                        null,
                        null,
                        clock.instant());
        try {
            jdbc.sql(
                            """
                            insert into partner (partner_id, slug, name, contact_email, locale, stripe_account, created_at)
                            values (:id, :slug, :name, :email, :locale, :account, :now)
                            """)
                    .param("id", partner.id().value())
                    .param("slug", partner.slug())
                    .param("name", partner.name())
                    .param("email", partner.contactEmail())
                    .param("locale", partner.locale())
                    .param("account", partner.stripeAccount())
                    .param("now", partner.createdAt().atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException e) {
            throw taken(e, slug);
        }
        return partner;
    }

    /**
     * Changes the look of a partner's documents from now on; null leaves it, an empty text brings
     * the seller's back.
     *
     * @param logo a PNG file in base64
     * @throws Refused when there is no such partner, or the colour or the file is wrong
     */
    public Partner rebrand(PartnerId id, @Nullable String primaryColor, @Nullable String logo) {
        get(id);
        jdbc.sql(
                        """
                        update partner set
                            primary_color = case when :recolor then :color else primary_color end,
                            logo_id = case when :relogo then :logo else logo_id end
                        where partner_id = :id
                        """)
                .param("id", id.value())
                .param("recolor", primaryColor != null)
                .param("color", checkedColor(primaryColor))
                .param("relogo", logo != null)
                .param(
                        "logo",
                        logo == null || logo.isEmpty()
                                ? null
                                : brands.keep(LogoFile.ofBase64(logo)))
                .update();
        return get(id);
    }

    /**
     * Whether a look could be had.
     *
     * @throws Refused where the colour or the file is wrong
     */
    public static void checkBrand(@Nullable String primaryColor, @Nullable String logo) {
        checkedColor(primaryColor);
        if (logo != null && !logo.isEmpty()) {
            LogoFile.ofBase64(logo);
        }
    }

    private static @Nullable String checkedColor(@Nullable String color) {
        return color == null || color.isEmpty() ? null : Brands.checkedColor(color);
    }

    private static Refused taken(DuplicateKeyException e, String slug) {
        return String.valueOf(e.getMessage()).contains("partner_stripe_account_key")
                ? Refused.conflict(
                        "stripe_account_taken", "another partner is bound to this Stripe account")
                : Refused.conflict(
                        "slug_taken",
                        "another partner has the slug '" + slug + "': choose another");
    }

    /**
     * Changes what is given; null leaves a field as it is, an empty account unbinds.
     *
     * @throws Refused when there is no such partner, a field is wrong or the account is taken
     */
    public Partner update(
            PartnerId id,
            @Nullable String name,
            @Nullable String contactEmail,
            @Nullable String locale,
            @Nullable String stripeAccount) {
        try {
            return changed(id, name, contactEmail, locale, stripeAccount);
        } catch (DuplicateKeyException e) {
            throw taken(e, "");
        }
    }

    private Partner changed(
            PartnerId id,
            @Nullable String name,
            @Nullable String contactEmail,
            @Nullable String locale,
            @Nullable String stripeAccount) {
        int changed =
                jdbc.sql(
                                """
                                update partner set
                                    name = coalesce(:name, name),
                                    contact_email = coalesce(:email, contact_email),
                                    locale = coalesce(:locale, locale),
                                    stripe_account = case when :bind then :account else stripe_account end
                                where partner_id = :id
                                """)
                        .param("id", id.value())
                        .param("name", name == null ? null : checkedName(name))
                        .param("email", contactEmail == null ? null : checkedEmail(contactEmail))
                        .param("locale", locale == null ? null : checkedLocale(locale))
                        .param("bind", stripeAccount != null)
                        .param("account", checkedAccount(stripeAccount))
                        .update();
        if (changed == 0) {
            throw unknown(id.value());
        }
        return get(id);
    }

    public Optional<Partner> find(PartnerId id) {
        return jdbc.sql(
                        """
                        select partner_id, slug, name, contact_email, locale, stripe_account, primary_color, logo_id, created_at
                        from partner
                        where partner_id = :id
                        """)
                .param("id", id.value())
                .query(Partners::partner)
                .optional();
    }

    /**
     * @throws Refused when there is no such partner
     */
    public Partner get(PartnerId id) {
        return find(id).orElseThrow(() -> unknown(id.value()));
    }

    /** Oldest first. */
    public Page<Partner> list(PageRequest page) {
        if (page.after() != null && !exists(page.after())) {
            throw Refused.invalid(
                    "cursor_invalid", "after: pass a next_cursor of this list, unchanged");
        }
        var found =
                jdbc.sql(
                                """
                                select partner_id, slug, name, contact_email, locale, stripe_account, primary_color, logo_id, created_at
                                from partner
                                where :after::text is null
                                    or (created_at, partner_id)
                                        > (select created_at, partner_id from partner where partner_id = :after)
                                order by created_at, partner_id
                                limit :limit
                                """)
                        .param("after", page.after())
                        .param("limit", page.limit() + 1)
                        .query(Partners::partner)
                        .list();
        if (found.size() <= page.limit()) {
            return new Page<>(found, null);
        }
        var shown = found.subList(0, page.limit());
        return new Page<>(shown, shown.getLast().id().value());
    }

    private boolean exists(String id) {
        return jdbc.sql("select exists (select 1 from partner where partner_id = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /**
     * The partner of that id or slug, as Stripe metadata names it. Found ones are remembered:
     * neither ever changes.
     */
    public Optional<PartnerId> resolve(String idOrSlug) {
        var remembered = known.get(idOrSlug);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        var found =
                jdbc.sql("select partner_id from partner where partner_id = :word or slug = :word")
                        .param("word", idOrSlug)
                        .query(String.class)
                        .optional()
                        .map(PartnerId::new);
        found.ifPresent(id -> known.put(idOrSlug, id));
        return found;
    }

    /** The partner that is bound to that connected account. */
    public Optional<PartnerId> ofAccount(String stripeAccount) {
        if (stripeAccount.isEmpty()) {
            return Optional.empty();
        }
        return jdbc.sql("select partner_id from partner where stripe_account = :account")
                .param("account", stripeAccount)
                .query(String.class)
                .optional()
                .map(PartnerId::new);
    }

    /** The connected accounts of all partners. */
    public List<String> accounts() {
        return jdbc.sql(
                        """
                        select stripe_account
                        from partner
                        where stripe_account is not null
                        order by stripe_account
                        """)
                .query((row, number) -> row.getString("stripe_account"))
                .list();
    }

    private static Partner partner(ResultSet row, int number) throws SQLException {
        return new Partner(
                new PartnerId(row.getString("partner_id")),
                row.getString("slug"),
                row.getString("name"),
                row.getString("contact_email"),
                row.getString("locale"),
                row.getString("stripe_account"),
                row.getString("primary_color"),
                row.getString("logo_id"),
                row.getTimestamp("created_at").toInstant());
    }

    private static Refused unknown(String id) {
        return Refused.notFound("partner_not_found", "there is no partner " + id);
    }

    private static String checkedSlug(String slug) {
        if (!slug.toLowerCase(Locale.ROOT).equals(slug)
                || !slug.matches("[a-z0-9][a-z0-9-]{1,39}")) {
            throw Refused.invalid(
                    "slug_invalid", "slug: 2 to 40 lower-case letters, digits and hyphens");
        }
        return slug;
    }

    private static String checkedName(String name) {
        if (name.isBlank() || name.length() > 200) {
            throw Refused.invalid("name_invalid", "name: 1 to 200 characters");
        }
        return name.strip();
    }

    private static String checkedEmail(String email) {
        if (!email.matches("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,190}")) {
            throw Refused.invalid(
                    "contact_email_invalid",
                    "contact_email: an address such as tech@partner.example");
        }
        return email;
    }

    private static String checkedLocale(String locale) {
        if (!locale.equals("fr") && !locale.equals("en")) {
            throw Refused.invalid("locale_invalid", "locale: 'fr' or 'en'");
        }
        return locale;
    }

    private static @Nullable String checkedAccount(@Nullable String account) {
        if (account == null || account.isEmpty()) {
            return null;
        }
        if (!account.matches("acct_[A-Za-z0-9]{1,100}")) {
            throw Refused.invalid(
                    "stripe_account_invalid",
                    "stripe_account: a connected account's id such as acct_1NY2hQ2eZvKYlo2C");
        }
        return account;
    }
}
