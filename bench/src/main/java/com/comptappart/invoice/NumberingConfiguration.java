package com.comptappart.invoice;

import com.comptappart.partner.Brands;
import java.util.Collections;
import java.util.List;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The hub's own numbering, database and archive, and nothing else of it. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    TransactionAutoConfiguration.class
})
@ComponentScan({"com.comptappart.database", "com.comptappart.archive"})
@EnableConfigurationProperties(ExchangeProperties.class)
@Import({
    ArchiveRows.class,
    BrandLooks.class,
    Brands.class,
    ClaimedNumbers.class,
    Drafts.class,
    ExchangeRates.class,
    InvoiceLinks.class,
    InvoiceRows.class,
    InvoiceStore.class,
    InvoiceTokens.class,
    InvoiceWork.class,
    Numbering.class,
    OwedDocuments.class,
    RequestRows.class,
    SeriesLock.class,
    SeriesRows.class,
    Witness.class
})
class NumberingConfiguration {

    @Bean
    @Profile("rendered")
    InvoiceRenderer renderer(BrandLooks looks, InvoiceRows rows) {
        return new InvoiceRenderer(looks, rows);
    }

    @Bean
    @Profile("rendered")
    InvoiceFiles files(JdbcClient jdbc, InvoiceRows rows, InvoiceRenderer renderer) {
        return new InvoiceFiles(jdbc, rows, renderer);
    }

    /** One document for all, so that only what is done with it takes time. */
    @Bean
    @Profile("given")
    InvoiceRenderer given(BrandLooks looks, InvoiceRows rows) {
        var document = new InvoiceRenderer(looks, rows).render(new BenchInvoices().next());
        return new InvoiceRenderer(looks, rows) {
            @Override
            RenderedInvoice render(NumberedInvoice invoice) {
                return document;
            }
        };
    }

    @Bean
    @Profile("given")
    InvoiceFiles packed(JdbcClient jdbc, InvoiceRows rows, BrandLooks looks) {
        var renderer = new InvoiceRenderer(looks, rows);
        byte[] tail = renderer.render(new BenchInvoices().next()).tail();
        var packed = new TailPacker(renderer.sampleTail()).pack(tail);
        return new InvoiceFiles(jdbc, rows, renderer) {
            @Override
            ArchivedBatch batch(List<LedgerEntry> entries) {
                return new ArchivedBatch(entries, Collections.nCopies(entries.size(), packed));
            }
        };
    }
}
