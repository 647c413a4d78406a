package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.TaxRateCreateParams;
import com.stripe.param.WebhookEndpointCreateParams;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SandboxVersionsTest {

    private final BillingShop shop = new BillingShop();
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-08-27", "2024-06-20", "2024-09-30.acacia"})
    void before_basil_an_invoice_names_its_subscription_payment_and_prices_itself(String version)
            throws StripeException {
        Subscription subscription = subscribe();
        JsonNode invoice = get("/v1/invoices/" + subscription.getLatestInvoice(), version);
        assertThat(invoice.path("subscription").asString()).isEqualTo(subscription.getId());
        assertThat(invoice.at("/subscription_details/metadata/partner").asString())
                .isEqualTo("gererseul");
        assertThat(invoice.path("paid").asBoolean()).isTrue();
        assertThat(invoice.path("paid_out_of_band").asBoolean()).isFalse();
        assertThat(invoice.path("payment_intent").asString()).startsWith("pi_");
        assertThat(invoice.path("charge").asString()).startsWith("ch_");
        assertThat(invoice.path("tax").asLong()).isEqualTo(1_800);
        assertThat(invoice.at("/total_tax_amounts/0/inclusive").asBoolean()).isTrue();
        assertThat(invoice.at("/discount/coupon/percent_off").asLong()).isEqualTo(10);
        JsonNode line = invoice.at("/lines/data/0");
        assertThat(line.path("type").asString()).isEqualTo("subscription");
        assertThat(line.at("/price/unit_amount").asLong()).isEqualTo(12_000);
        assertThat(line.at("/plan/interval").asString()).isEqualTo("year");
        assertThat(line.at("/tax_amounts/0/amount").asLong()).isEqualTo(1_800);
        assertThat(line.at("/tax_rates/0/percentage").asLong()).isEqualTo(20);
        assertThat(line.path("proration").asBoolean()).isFalse();
        for (String gone : List.of("parent", "total_taxes", "payments")) {
            assertThat(invoice.has(gone)).as(gone).isFalse();
        }
        assertThat(line.has("pricing") || line.has("taxes") || line.has("parent")).isFalse();

        JsonNode read = get("/v1/subscriptions/" + subscription.getId(), version);
        assertThat(read.path("current_period_end").asLong())
                .isGreaterThan(read.path("current_period_start").asLong());
        assertThat(read.at("/items/data/0").has("current_period_end")).isFalse();
        JsonNode intent =
                get("/v1/payment_intents/" + invoice.path("payment_intent").asString(), version);
        assertThat(intent.path("invoice")).isEqualTo(invoice.path("id"));
        JsonNode charge = get("/v1/charges/" + invoice.path("charge").asString(), version);
        assertThat(charge.path("invoice")).isEqualTo(invoice.path("id"));
        assertThat(charge.has("refunds")).isEqualTo(version.equals("2020-08-27"));
    }

    @Test
    void basil_has_the_new_invoice_and_the_old_discount() throws StripeException {
        Subscription subscription = subscribe();
        JsonNode invoice =
                get(
                        "/v1/invoices/" + subscription.getLatestInvoice() + "?expand[]=discounts",
                        "2025-03-31.basil");
        assertThat(invoice.at("/parent/subscription_details/subscription").asString())
                .isEqualTo(subscription.getId());
        assertThat(invoice.at("/lines/data/0/pricing/price_details/price").asString())
                .startsWith("price_");
        assertThat(invoice.at("/lines/data/0").has("quantity_decimal")).isFalse();
        assertThat(invoice.at("/discounts/0/coupon/percent_off").asLong()).isEqualTo(10);
        assertThat(invoice.has("subscription")).isFalse();
    }

    @Test
    void dahlia_and_endive_have_exactly_the_fields_of_stripe() throws StripeException {
        Subscription subscription = subscribe();
        for (String version : List.of("2026-07-29.dahlia", "2026-10-28.endive")) {
            for (String path :
                    List.of(
                            "/v1/invoices?limit=5",
                            "/v1/subscriptions?expand[]=data.customer",
                            "/v1/invoices/" + subscription.getLatestInvoice() + "/lines",
                            "/v1/invoices/%s?expand[]=payments"
                                    .formatted(subscription.getLatestInvoice()),
                            "/v1/invoice_payments",
                            "/v1/coupons",
                            "/v1/tax_rates",
                            "/v1/customers",
                            "/v1/events?limit=30")) {
                StripeSchemas.validate(get(path, version).toString(), version);
            }
        }
    }

    @Test
    void an_endpoint_hears_in_its_own_version() throws StripeException {
        try (var receiver = new WebhookReceiver()) {
            var _ =
                    shop.stripe
                            .v1()
                            .webhookEndpoints()
                            .create(
                                    WebhookEndpointCreateParams.builder()
                                            .setUrl(receiver.url())
                                            .putExtraParam("api_version", "2020-08-27")
                                            .addEnabledEvent(
                                                    WebhookEndpointCreateParams.EnabledEvent
                                                            .INVOICE__PAID)
                                            .build());
            Subscription subscription = subscribe();

            JsonNode event =
                    receiver.awaitAtLeast(1, e -> e.type().equals("invoice.paid"))
                            .getFirst()
                            .json();

            assertThat(event.path("api_version").asString()).isEqualTo("2020-08-27");
            JsonNode invoice = event.at("/data/object");
            assertThat(invoice.path("subscription").asString()).isEqualTo(subscription.getId());
            assertThat(invoice.path("payment_intent").asString()).startsWith("pi_");
            assertThat(invoice.has("parent")).isFalse();
        }
    }

    private Subscription subscribe() throws StripeException {
        var rate =
                shop.stripe
                        .v1()
                        .taxRates()
                        .create(
                                TaxRateCreateParams.builder()
                                        .setDisplayName("TVA")
                                        .setPercentage(BigDecimal.valueOf(20))
                                        .setInclusive(true)
                                        .build());
        var coupon =
                shop.stripe
                        .v1()
                        .coupons()
                        .create(
                                CouponCreateParams.builder()
                                        .setPercentOff(BigDecimal.TEN)
                                        .setDuration(CouponCreateParams.Duration.FOREVER)
                                        .build());
        return shop.subscribe(
                BillingShop.of(shop.customer("pm_card_visa"), shop.yearly(12_000))
                        .addDefaultTaxRate(rate.getId())
                        .addDiscount(
                                SubscriptionCreateParams.Discount.builder()
                                        .setCoupon(coupon.getId())
                                        .build()));
    }

    private JsonNode get(String path, String version) {
        var answer =
                browser.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                shop.sandbox.url()
                                                        + path.replace("[", "%5B")
                                                                .replace("]", "%5D")))
                                .header("Authorization", "Bearer " + shop.sandbox.apiKey())
                                .header("Stripe-Version", version)
                                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }
}
