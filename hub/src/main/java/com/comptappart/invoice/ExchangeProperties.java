package com.comptappart.invoice;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where euro rates come from, {@code COMPTAPPART_EXCHANGE_*}.
 *
 * @param file the European Central Bank's eurofxref CSV, of a day or of all days, or a directory of
 *     such
 * @param rates what that file does not have, units for one euro: {@code KWD=0.334,AED=3.98}
 */
@ConfigurationProperties("comptappart.exchange")
record ExchangeProperties(@DefaultValue("") String file, @DefaultValue("") String rates) {}
