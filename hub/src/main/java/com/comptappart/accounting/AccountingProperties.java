package com.comptappart.accounting;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Accounts of the FEC, {@code COMPTAPPART_ACCOUNTING_*}.
 *
 * @param auxiliary of the customers' account
 * @param rates accounts of single rates, {@code services-5.5=706055,vat-5.5=445712,goods-g=707900}
 */
@ConfigurationProperties("comptappart.accounting")
record AccountingProperties(
        @DefaultValue("411000") String customers,
        @DefaultValue("CSTRIPE") String auxiliary,
        @DefaultValue("467000") String stripe,
        @DefaultValue("419700") String balance,
        @DefaultValue("471000") String elsewhere,
        @DefaultValue("706000") String services,
        @DefaultValue("707000") String goods,
        @DefaultValue("706000") String mixed,
        @DefaultValue("445710") String vat,
        @DefaultValue("445718") String vatOss,
        @DefaultValue("") String rates) {}
