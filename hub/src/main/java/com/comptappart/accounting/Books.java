package com.comptappart.accounting;

import com.comptappart.invoice.IssuedDocument;
import com.comptappart.invoice.IssuedDocuments;
import com.comptappart.invoice.Journal;
import com.comptappart.invoice.JournalKind;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.partner.Seller;
import com.comptappart.partner.Sellers;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Opens the ledger for an export, and writes down who took what out of it. */
@Component
class Books {

    private final Sellers sellers;
    private final IssuedDocuments documents;
    private final Journal journal;
    private final Clock clock;

    Books(Sellers sellers, IssuedDocuments documents, Journal journal, Clock clock) {
        this.sellers = sellers;
        this.documents = documents;
        this.journal = journal;
        this.clock = clock;
    }

    Seller seller(Environment environment) {
        return sellers.sellerOf(PartnerId.UNASSIGNED, environment);
    }

    /**
     * @throws Refused where the seller has none: its files are named by it
     */
    String siren(Environment environment) {
        String siren = seller(environment).siren();
        if (!siren.matches("[0-9]{9}")) {
            throw Refused.conflict(
                    "seller_siren_missing",
                    "this file is named by the seller's SIREN: set COMPTAPPART_SELLER_SIREN (9"
                            + " digits) and start the hub again, or ask for environment=staging");
        }
        return siren;
    }

    IssuedDocuments.Reading open(Days days) {
        return documents.reading(
                seller(days.environment()).id(), days.environment(), days.from(), days.to());
    }

    /**
     * @throws Refused where a document can't be told in euros
     */
    IssuedDocuments.Reading openInEuros(Days days) {
        var reading = open(days);
        reading.unconverted().forEach(Books::checkRate);
        return reading;
    }

    /**
     * What was sold and refunded on some days, whenever its document was issued: most of it on the
     * same day, some much later, as where an exchange rate was missing. Others are read beside it.
     *
     * @throws Refused where one of those can't be told in euros
     */
    IssuedDocuments.Reading openByTransaction(Days days) {
        var today = Paris.dayOf(clock.instant());
        var reading =
                documents.reading(
                        seller(days.environment()).id(),
                        days.environment(),
                        // Stripe's clock may be ahead of ours.
                        days.from().minusDays(1),
                        today.isAfter(days.to()) ? today : days.to());
        reading.unconverted()
                .forEach(document -> {
                    if (days.contains(FluxTen.soldOn(document))
                            || days.contains(FluxTen.receivedOn(document))) {
                        checkRate(document);
                    }
                });
        return reading;
    }

    private static void checkRate(IssuedDocument document) {
        if (document.euroUnits().isEmpty()) {
            var currency = document.content().currency();
            throw Refused.conflict(
                    "exchange_rate_missing",
                    document.number()
                            + " is in "
                            + currency
                            + ", and no euro rate of "
                            + document.content().supplyDate()
                            + " is known: point COMPTAPPART_EXCHANGE_FILE at the European Central"
                            + " Bank's eurofxref CSV that has it, or set"
                            + " COMPTAPPART_EXCHANGE_RATES="
                            + currency
                            + "=…, and ask again");
        }
    }

    void tell(JournalKind kind, String what, Environment environment, String by) {
        journal.record(kind, what + ", " + environment.code() + ", by " + by);
    }

    void tell(JournalKind kind, String what, Days days) {
        journal.record(
                kind,
                what
                        + ", "
                        + days.environment().code()
                        + ", "
                        + days.from()
                        + " to "
                        + days.to()
                        + ", by "
                        + days.by());
    }
}
