package com.comptappart.webhook;

import com.comptappart.kernel.PartnerId;

/**
 * Nothing more is sent to an endpoint until someone enables it; published inside the transaction
 * that disables it, so that its partner can be told.
 *
 * @param reason in words
 */
public record EndpointDisabled(PartnerId partner, String endpointId, String url, String reason) {}
