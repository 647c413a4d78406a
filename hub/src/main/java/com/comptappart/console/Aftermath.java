package com.comptappart.console;

import com.comptappart.order.Disputes;
import com.comptappart.order.Refunds;
import com.comptappart.stripe.RefundRequests;
import org.springframework.stereotype.Component;

/** What may happen to an order's money after it was paid. */
@Component
record Aftermath(Refunds refunds, Disputes disputes, RefundRequests requests) {}
