package com.comptappart.flow;

import com.comptappart.order.DisputeTellings;
import com.comptappart.order.Orders;
import com.comptappart.order.Refunds;
import org.springframework.stereotype.Component;

/** The facts of sales: what was paid, given back and contested. */
@Component
record Sold(Orders orders, Refunds refunds, DisputeTellings disputes) {}
