package com.comptappart.order;

import com.comptappart.kernel.OrderId;
import java.time.Instant;

/** A paid order as it is kept. */
public record Order(OrderId id, PaidOrder paid, Instant createdAt) {}
