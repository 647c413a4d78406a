package com.comptappart.invoice;

import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** Where invoices are asked for and found. */
@Repository
public class Invoices {

    /** An order's invoice that is not numbered yet, and why when it failed before. */
    public record Owed(OrderId order, Instant createdAt, int attempts, String reason) {}

    /** A document's bytes. */
    public record Document(String filename, String mediaType, byte[] bytes) {}

    /** Records that invoices are owed, each order once, in the caller's transaction. */
    public void request(List<InvoiceRequest> requests) {
        throw new UnsupportedOperationException();
    }

    /** Newest first. */
    public Page<InvoiceIssued> list(InvoiceFilter filter, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    /** The issued invoices of those orders; an order without one yet is missing. */
    public Map<OrderId, InvoiceIssued> ofOrders(Collection<OrderId> orders) {
        throw new UnsupportedOperationException();
    }

    /** Orders whose invoice is still owed. */
    public Map<OrderId, Owed> owed(Collection<OrderId> orders) {
        throw new UnsupportedOperationException();
    }

    /** The PDF of an invoice, as it was issued. */
    public Optional<Document> pdf(InvoiceIssued invoice) {
        throw new UnsupportedOperationException();
    }

    /** The Factur-X XML of an invoice, taken from its PDF's content. */
    public Optional<Document> xml(InvoiceIssued invoice) {
        throw new UnsupportedOperationException();
    }
}
