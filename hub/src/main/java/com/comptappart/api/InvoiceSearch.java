package com.comptappart.api;

import com.comptappart.invoice.InvoiceFilter;
import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds an invoice by its number. */
@Component
class InvoiceSearch {

    private final Invoices invoices;

    InvoiceSearch(Invoices invoices) {
        this.invoices = invoices;
    }

    /**
     * @throws Refused when both environments have that number and the scope doesn't say which
     */
    Optional<InvoiceIssued> find(Scope scope, String number) {
        var filter = new InvoiceFilter(scope.partner(), scope.environment(), null, number);
        var found = invoices.list(filter, new PageRequest(2, null)).data();
        if (found.size() > 1) {
            throw Refused.conflict(
                    "number_ambiguous",
                    "both environments have this number: add ?environment=staging or =production");
        }
        return found.stream().findFirst();
    }

    InvoiceIssued get(Scope scope, String number) {
        return find(scope, number)
                .orElseThrow(() ->
                        Refused.notFound("invoice_not_found", "there is no invoice " + number));
    }
}
