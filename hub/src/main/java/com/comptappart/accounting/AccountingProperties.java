package com.comptappart.accounting;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Accounts of the FEC, {@code COMPTAPPART_ACCOUNTING_*}.
 *
 * @param auxiliary of the customers' account
 * @param stripe what Stripe holds, as its statement has it
 * @param transit what documents say that Stripe received and its statement does not say yet
 * @param waiting what of the statement a person must say the meaning of
 * @param rates accounts of single rates, {@code services-5.5=706055,vat-5.5=445712,goods-g=707900}
 */
@ConfigurationProperties("comptappart.accounting")
record AccountingProperties(
        @DefaultValue("411000") String customers,
        @DefaultValue("CSTRIPE") String auxiliary,
        @DefaultValue("467000") String stripe,
        @DefaultValue("511500") String transit,
        @DefaultValue("627800") String fees,
        @DefaultValue("627800") String stripeServices,
        @DefaultValue("445660") String feeVat,
        @DefaultValue("512000") String bank,
        @DefaultValue("416000") String disputes,
        @DefaultValue("656000") String exchangeLoss,
        @DefaultValue("756000") String exchangeGain,
        @DefaultValue("471100") String waiting,
        @DefaultValue("419700") String balance,
        @DefaultValue("471000") String elsewhere,
        @DefaultValue("706000") String services,
        @DefaultValue("707000") String goods,
        @DefaultValue("706000") String mixed,
        @DefaultValue("445710") String vat,
        @DefaultValue("445718") String vatOss,
        @DefaultValue("") String rates) {}
