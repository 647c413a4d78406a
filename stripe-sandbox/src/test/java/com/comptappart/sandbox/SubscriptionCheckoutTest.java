package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PromotionCodeCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.TaxRateCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriptionCheckoutTest {

    private static final String VISA = "4242424242424242";

    private final BillingShop shop = new BillingShop();
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_buyer_subscribes_on_the_hosted_page_and_is_charged_again_a_year_later()
            throws StripeException {
        Session session = open(subscription(shop.yearly(12_000)).setSubscriptionData(data(null)));
        assertThat(session.getAmountTotal()).isEqualTo(12_000);
        assertThat(browser.get(session.getUrl()).body()).contains("Suivi LMNP", "/ an");
        int mark = shop.eventCount();

        assertThat(pay(session, VISA)).isEqualTo(303);

        assertThat(shop.eventsSince(mark))
                .containsExactly(
                        "payment_intent.created",
                        "customer.created",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "charge.updated",
                        "payment_method.attached",
                        "customer.subscription.created",
                        "invoice.created",
                        "customer.updated",
                        "invoice.finalized",
                        "invoice_payment.paid",
                        "invoice.paid",
                        "invoice.payment_succeeded",
                        "checkout.session.completed");
        Session paid = read(session, "subscription", "invoice.payments");
        assertThat(paid.getPaymentStatus()).isEqualTo("paid");
        assertThat(paid.getPaymentIntent()).isNull();
        Subscription subscription = paid.getSubscriptionObject();
        assertThat(subscription.getStatus()).isEqualTo("active");
        assertThat(subscription.getMetadata()).containsEntry("partner", "gererseul");
        assertThat(
                        shop.stripe
                                .v1()
                                .checkout()
                                .sessions()
                                .list(
                                        SessionListParams.builder()
                                                .setSubscription(subscription.getId())
                                                .build())
                                .getData())
                .extracting(Session::getId)
                .containsExactly(session.getId());
        Invoice invoice = paid.getInvoiceObject();
        assertThat(invoice.getBillingReason()).isEqualTo("subscription_create");
        assertThat(invoice.getParent().getSubscriptionDetails().getMetadata())
                .containsEntry("partner", "gererseul");
        assertThat(invoice.getCustomerName()).isEqualTo("Jeanne <b>Dupont</b>");
        String intent = invoice.getPayments().getData().getFirst().getPayment().getPaymentIntent();
        var tied =
                shop.stripe
                        .v1()
                        .invoicePayments()
                        .list(
                                InvoicePaymentListParams.builder()
                                        .setPayment(
                                                InvoicePaymentListParams.Payment.builder()
                                                        .setType(
                                                                InvoicePaymentListParams.Payment
                                                                        .Type.PAYMENT_INTENT)
                                                        .setPaymentIntent(intent)
                                                        .build())
                                        .build());
        StripeSchemas.validate(tied.getLastResponse().body());
        assertThat(tied.getData()).hasSize(1);

        shop.after(Duration.ofDays(366));
        assertThat(shop.invoices()).extracting(Invoice::getStatus).containsExactly("paid", "paid");
    }

    @Test
    void a_declined_card_leaves_neither_subscription_nor_invoice() throws StripeException {
        Session session = open(subscription(shop.yearly(12_000)));

        assertThat(pay(session, "4000000000000002")).isEqualTo(402);

        assertThat(shop.invoices()).isEmpty();
        assertThat(shop.stripe.v1().subscriptions().list().getData()).isEmpty();
        assertThat(pay(session, VISA)).isEqualTo(303);
        assertThat(shop.stripe.v1().paymentIntents().list().getData()).hasSize(1);
    }

    @Test
    void a_trial_costs_nothing_until_it_ends() throws StripeException {
        Session session = open(subscription(shop.yearly(12_000)).setSubscriptionData(data(14L)));
        assertThat(session.getAmountTotal()).isZero();

        assertThat(pay(session, VISA)).isEqualTo(303);

        Session done = read(session, "subscription", "invoice");
        assertThat(done.getPaymentStatus()).isEqualTo("no_payment_required");
        assertThat(done.getSubscriptionObject().getStatus()).isEqualTo("trialing");
        assertThat(done.getInvoiceObject().getTotal()).isZero();
        assertThat(shop.stripe.v1().charges().list().getData()).isEmpty();
        shop.after(Duration.ofDays(15));
        assertThat(shop.stripe.v1().charges().list().getData())
                .singleElement()
                .satisfies(charge -> assertThat(charge.getAmount()).isEqualTo(12_000));
        assertThat(shop.eventsSince(0)).contains("customer.subscription.trial_will_end");
    }

    @Test
    void a_card_that_is_repaired_on_the_subscription_pays_its_open_invoice_at_the_next_attempt()
            throws StripeException {
        Session session = open(subscription(shop.yearly(12_000)).setSubscriptionData(data(14L)));
        assertThat(pay(session, VISA)).isEqualTo(303);
        Subscription subscription = read(session, "subscription").getSubscriptionObject();
        payWith(subscription, "pm_card_chargeCustomerFail");
        shop.after(Duration.ofDays(15));
        assertThat(shop.read(subscription).getStatus()).isEqualTo("past_due");
        assertThat(shop.latestInvoice(subscription).getDefaultPaymentMethod()).isNull();

        payWith(subscription, "pm_card_visa");
        shop.after(Duration.ofDays(4));

        assertThat(shop.read(subscription).getStatus()).isEqualTo("active");
        assertThat(shop.latestInvoice(subscription).getStatus()).isEqualTo("paid");
    }

    private void payWith(Subscription subscription, String card) throws StripeException {
        String method =
                shop.stripe
                        .v1()
                        .paymentMethods()
                        .attach(
                                card,
                                PaymentMethodAttachParams.builder()
                                        .setCustomer(subscription.getCustomer())
                                        .build())
                        .getId();
        var _ =
                shop.stripe
                        .v1()
                        .subscriptions()
                        .update(
                                subscription.getId(),
                                SubscriptionUpdateParams.builder()
                                        .setDefaultPaymentMethod(method)
                                        .build());
    }

    @Test
    void a_promotion_code_is_typed_and_the_new_total_seen_before_paying() throws StripeException {
        var coupon =
                shop.stripe
                        .v1()
                        .coupons()
                        .create(
                                CouponCreateParams.builder()
                                        .setPercentOff(BigDecimal.valueOf(25))
                                        .setDuration(CouponCreateParams.Duration.ONCE)
                                        .build());
        StripeSchemas.validate(coupon.getLastResponse().body());
        var code =
                shop.stripe
                        .v1()
                        .promotionCodes()
                        .create(
                                PromotionCodeCreateParams.builder()
                                        .setPromotion(
                                                PromotionCodeCreateParams.Promotion.builder()
                                                        .setType(
                                                                PromotionCodeCreateParams.Promotion
                                                                        .Type.COUPON)
                                                        .setCoupon(coupon.getId())
                                                        .build())
                                        .setCode("RENTREE")
                                        .build());
        StripeSchemas.validate(code.getLastResponse().body());
        Session session = open(subscription(shop.yearly(12_000)).setAllowPromotionCodes(true));
        var typed = Browser.typed(VISA);
        typed.put("promotion_code", "rentre");
        assertThat(browser.post(session.getUrl(), typed).body())
                .contains("id=\"promotion_code-error\"");
        typed.put("promotion_code", "rentree");
        assertThat(browser.post(session.getUrl(), typed).body()).contains("90,00");

        assertThat(pay(session, VISA)).isEqualTo(303);

        Session paid = read(session, "invoice");
        assertThat(paid.getAmountTotal()).isEqualTo(9_000);
        assertThat(paid.getTotalDetails().getAmountDiscount()).isEqualTo(3_000);
        Invoice invoice = paid.getInvoiceObject();
        assertThat(invoice.getTotal()).isEqualTo(9_000);
        assertThat(invoice.getTotalDiscountAmounts().getFirst().getAmount()).isEqualTo(3_000);
        shop.after(Duration.ofDays(366));
        assertThat(shop.invoices()).extracting(Invoice::getTotal).containsExactly(12_000L, 9_000L);
    }

    @Test
    void a_free_cart_is_ordered_without_a_card() throws StripeException {
        var coupon =
                shop.stripe
                        .v1()
                        .coupons()
                        .create(
                                CouponCreateParams.builder()
                                        .setPercentOff(BigDecimal.valueOf(100))
                                        .setDuration(CouponCreateParams.Duration.FOREVER)
                                        .build());
        Session session =
                open(
                        subscription(shop.yearly(12_000))
                                .setPaymentMethodCollection(
                                        SessionCreateParams.PaymentMethodCollection.IF_REQUIRED)
                                .addDiscount(
                                        SessionCreateParams.Discount.builder()
                                                .setCoupon(coupon.getId())
                                                .build()));
        var typed = Browser.typed("");
        typed.keySet().removeIf(name -> name.startsWith("card_"));

        assertThat(browser.post(session.getUrl(), typed).statusCode()).isEqualTo(303);

        Invoice invoice = read(session, "invoice").getInvoiceObject();
        assertThat(invoice.getStatus()).isEqualTo("paid");
        assertThat(invoice.getSubtotal()).isEqualTo(12_000);
        assertThat(invoice.getTotal()).isZero();
    }

    @Test
    void tax_is_found_inside_or_added_on_top_as_the_rate_says() throws StripeException {
        Session automatic =
                open(
                        subscription(shop.yearly(12_000))
                                .setAutomaticTax(
                                        SessionCreateParams.AutomaticTax.builder()
                                                .setEnabled(true)
                                                .build()));
        assertThat(pay(automatic, VISA)).isEqualTo(303);
        Invoice inside = read(automatic, "invoice").getInvoiceObject();
        assertThat(inside.getTotal()).isEqualTo(12_000);
        assertThat(inside.getTotalExcludingTax()).isEqualTo(10_000);
        assertThat(inside.getAutomaticTax().getStatus()).isEqualTo("complete");
        var tax = inside.getLines().getData().getFirst().getTaxes().getFirst();
        assertThat(tax.getAmount()).isEqualTo(2_000);
        assertThat(tax.getTaxBehavior()).isEqualTo("inclusive");
        var rate = shop.stripe.v1().taxRates().retrieve(tax.getTaxRateDetails().getTaxRate());
        StripeSchemas.validate(rate.getLastResponse().body());
        assertThat(rate.getPercentage()).isEqualByComparingTo("20");

        var onTop =
                shop.stripe
                        .v1()
                        .taxRates()
                        .create(
                                TaxRateCreateParams.builder()
                                        .setDisplayName("TVA")
                                        .setPercentage(BigDecimal.valueOf(5.5))
                                        .setInclusive(false)
                                        .build());
        Session manual = open(once(1_000, onTop.getId()));
        assertThat(manual.getAmountTotal()).isEqualTo(1_055);
        assertThat(pay(manual, VISA)).isEqualTo(303);
        Session done = read(manual, "invoice", "line_items.data.taxes");
        assertThat(done.getLineItems().getData().getFirst().getTaxes().getFirst().getAmount())
                .isEqualTo(55);
        Invoice invoice = done.getInvoiceObject();
        assertThat(invoice.getBillingReason()).isEqualTo("manual");
        assertThat(invoice.getTotal()).isEqualTo(1_055);
        assertThat(invoice.getStatus()).isEqualTo("paid");
        assertThat(invoice.getMetadata()).containsEntry("partner", "gererseul");
        assertThat(shop.events()).isNotEmpty();
    }

    private SessionCreateParams.Builder once(long amount, String rate) {
        return base(SessionCreateParams.Mode.PAYMENT)
                .setInvoiceCreation(
                        SessionCreateParams.InvoiceCreation.builder()
                                .setEnabled(true)
                                .setInvoiceData(
                                        SessionCreateParams.InvoiceCreation.InvoiceData.builder()
                                                .putMetadata("partner", "gererseul")
                                                .build())
                                .build())
                .addLineItem(
                        SessionCreateParams.LineItem.builder()
                                .setQuantity(1L)
                                .addTaxRate(rate)
                                .setPriceData(
                                        SessionCreateParams.LineItem.PriceData.builder()
                                                .setCurrency("eur")
                                                .setUnitAmount(amount)
                                                .setProductData(
                                                        SessionCreateParams.LineItem.PriceData
                                                                .ProductData.builder()
                                                                .setName("Livre")
                                                                .build())
                                                .build())
                                .build());
    }

    private static SessionCreateParams.Builder subscription(Price price) {
        return base(SessionCreateParams.Mode.SUBSCRIPTION)
                .addLineItem(
                        SessionCreateParams.LineItem.builder()
                                .setPrice(price.getId())
                                .setQuantity(1L)
                                .build());
    }

    private static SessionCreateParams.Builder base(SessionCreateParams.Mode mode) {
        return SessionCreateParams.builder()
                .setMode(mode)
                .setSuccessUrl("https://shop.example/merci");
    }

    private static SessionCreateParams.SubscriptionData data(Long trialDays) {
        return SessionCreateParams.SubscriptionData.builder()
                .setTrialPeriodDays(trialDays)
                .putAllMetadata(Map.of("partner", "gererseul"))
                .build();
    }

    private Session open(SessionCreateParams.Builder params) throws StripeException {
        Session session = shop.stripe.v1().checkout().sessions().create(params.build());
        StripeSchemas.validate(session.getLastResponse().body());
        return session;
    }

    private int pay(Session session, String card) {
        return browser.post(session.getUrl(), Browser.typed(card)).statusCode();
    }

    private Session read(Session session, String... expand) throws StripeException {
        var params = SessionRetrieveParams.builder();
        for (String path : expand) {
            params.addExpand(path);
        }
        Session read =
                shop.stripe.v1().checkout().sessions().retrieve(session.getId(), params.build());
        StripeSchemas.validate(read.getLastResponse().body());
        return read;
    }
}
