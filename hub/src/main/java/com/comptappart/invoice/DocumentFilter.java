package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which documents to look for; null asks nothing. A partner's own search never leaves the partner
 * null.
 *
 * @param from the first day of issue, Europe/Paris
 * @param to the last day
 * @param text what was typed: a name, a mail address, a SIREN, the number of a document or an order
 * @param numbers the only ones that may be found
 */
public record DocumentFilter(
        @Nullable PartnerId partner,
        Environment environment,
        @Nullable DocumentKind kind,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String text,
        @Nullable List<String> numbers) {}
