package com.comptappart.flow;

import com.comptappart.invoice.InvoiceRequest;
import com.comptappart.invoice.LegalTexts;
import com.comptappart.order.Order;
import com.comptappart.partner.Brands;
import com.comptappart.partner.Sellers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The invoices that are owed for orders, frozen with seller, look and texts of law. */
@Component
class OwedInvoices {

    private final Sellers sellers;
    private final Brands brands;
    private final LegalTexts texts;

    OwedInvoices(Sellers sellers, Brands brands, LegalTexts texts) {
        this.sellers = sellers;
        this.brands = brands;
        this.texts = texts;
    }

    List<InvoiceRequest> of(List<Order> orders) {
        var looks = brands.of(orders.stream().map(order -> order.paid().partner()).toList());
        return orders.stream()
                .map(order -> invoice(order, looks.get(order.paid().partner())))
                .toList();
    }

    private InvoiceRequest invoice(Order order, @Nullable String brand) {
        var paid = order.paid();
        var seller = sellers.sellerOf(paid.partner(), paid.environment());
        return new InvoiceRequest(
                order.id(),
                paid.partner(),
                seller.id(),
                seller.invoicePrefix(),
                Snapshot.of(order, seller, brand, texts));
    }
}
