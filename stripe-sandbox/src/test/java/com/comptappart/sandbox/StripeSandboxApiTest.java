package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.param.EventListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.PriceUpdateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.ProductListParams;
import com.stripe.param.ProductUpdateParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StripeSandboxApiTest {

    private static StripeSandbox sandbox;
    private static StripeClient stripe;
    private final Browser browser = new Browser();

    @BeforeAll
    static void start() {
        sandbox = StripeSandbox.start(0);
        stripe = client(sandbox, sandbox.apiKey());
    }

    @AfterAll
    static void stop() {
        SchemaAudit.of(sandbox);
        sandbox.close();
    }

    @Test
    void a_product_and_its_price_are_made_changed_and_read() throws StripeException {
        Product product = newProduct("Dossier LMNP");
        StripeSchemas.validate(product.getLastResponse().body());
        assertThat(product.getId()).startsWith("prod_");
        assertThat(product.getMetadata()).containsEntry("partner", "gererseul");
        assertThat(product.getLivemode()).isFalse();

        Price price =
                stripe.v1()
                        .prices()
                        .create(
                                PriceCreateParams.builder()
                                        .setProduct(product.getId())
                                        .setCurrency("EUR")
                                        .setUnitAmount(11_900L)
                                        .setTaxBehavior(PriceCreateParams.TaxBehavior.INCLUSIVE)
                                        .addExpand("product")
                                        .build());
        StripeSchemas.validate(price.getLastResponse().body());
        assertThat(price.getCurrency()).isEqualTo("eur");
        assertThat(price.getProductObject().getName()).isEqualTo("Dossier LMNP");

        Product changed =
                stripe.v1()
                        .products()
                        .update(
                                product.getId(),
                                ProductUpdateParams.builder()
                                        .setName("Dossier")
                                        .setDefaultPrice(price.getId())
                                        .putMetadata("partner", "")
                                        .putMetadata("kind", "lmnp")
                                        .build());
        StripeSchemas.validate(changed.getLastResponse().body());
        assertThat(changed.getMetadata()).isEqualTo(Map.of("kind", "lmnp"));
        assertThat(changed.getDefaultPrice()).isEqualTo(price.getId());
        assertThat(
                        stripe.v1()
                                .prices()
                                .update(
                                        price.getId(),
                                        PriceUpdateParams.builder().setActive(false).build())
                                .getActive())
                .isFalse();
        assertThat(
                        stripe.v1()
                                .prices()
                                .list(
                                        PriceListParams.builder()
                                                .setProduct(product.getId())
                                                .setActive(false)
                                                .build())
                                .getData())
                .hasSize(1);
    }

    @Test
    void a_product_brings_its_default_price_and_goes_only_without_prices() throws StripeException {
        Product product =
                stripe.v1()
                        .products()
                        .create(
                                ProductCreateParams.builder()
                                        .setName("Abonnement")
                                        .setDefaultPriceData(
                                                ProductCreateParams.DefaultPriceData.builder()
                                                        .setCurrency("eur")
                                                        .setUnitAmount(900L)
                                                        .setRecurring(
                                                                ProductCreateParams.DefaultPriceData
                                                                        .Recurring.builder()
                                                                        .setInterval(
                                                                                ProductCreateParams
                                                                                        .DefaultPriceData
                                                                                        .Recurring
                                                                                        .Interval
                                                                                        .YEAR)
                                                                        .build())
                                                        .build())
                                        .addExpand("default_price")
                                        .build());
        StripeSchemas.validate(product.getLastResponse().body());
        assertThat(product.getDefaultPriceObject().getRecurring().getInterval()).isEqualTo("year");
        refused(() -> stripe.v1().products().delete(product.getId()));
        Product alone = newProduct("Seul");
        assertThat(stripe.v1().products().delete(alone.getId()).getDeleted()).isTrue();
        assertThat(refused(() -> stripe.v1().products().retrieve(alone.getId())).getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void a_list_is_walked_forwards_and_backwards_by_cursor() throws StripeException {
        try (StripeSandbox other = StripeSandbox.start(0)) {
            StripeClient client = client(other, "sk_test_1234567890abcdef");
            List<String> made = new ArrayList<>();
            for (int i = 0; i < 23; i++) {
                made.addFirst(
                        client.v1()
                                .products()
                                .create(ProductCreateParams.builder().setName("P" + i).build())
                                .getId());
            }
            StripeCollection<Product> first = client.v1().products().list();
            assertThat(first.getData()).hasSize(10);
            assertThat(first.getHasMore()).isTrue();
            var walked = new ArrayList<String>();
            client.v1()
                    .products()
                    .list(ProductListParams.builder().setLimit(7L).build())
                    .autoPagingIterable()
                    .forEach(product -> walked.add(product.getId()));
            assertThat(walked).isEqualTo(made);
            var before =
                    client.v1()
                            .products()
                            .list(
                                    ProductListParams.builder()
                                            .setLimit(3L)
                                            .setEndingBefore(made.get(5))
                                            .build());
            assertThat(before.getData())
                    .extracting(Product::getId)
                    .containsExactly(made.get(2), made.get(3), made.get(4));
            assertThat(before.getHasMore()).isTrue();
            var oldest =
                    client.v1()
                            .events()
                            .list(
                                    EventListParams.builder()
                                            .addType("product.created")
                                            .setLimit(100L)
                                            .build());
            assertThat(oldest.getData()).hasSize(23);
            StripeSchemas.validate(oldest.getLastResponse().body());
        }
    }

    @Test
    void mistakes_are_named_with_stripes_codes() {
        assertThat(post("products", "description=x"))
                .isEqualTo(error(400, "parameter_missing", "name"));
        assertThat(post("products", "name=x&colour=red"))
                .isEqualTo(error(400, "parameter_unknown", "colour"));
        assertThat(post("prices", "currency=eur&unit_amount=1.5&product_data[name]=x"))
                .isEqualTo(error(400, "parameter_invalid_integer", "unit_amount"));
        assertThat(post("prices", "currency=eur&unit_amount=100&product=prod_none"))
                .isEqualTo(error(400, "resource_missing", "product"));
        String line = "&line_items[0][quantity]=1&line_items[0][price_data][currency]=eur";
        String session = "checkout/sessions";
        assertThat(post(session, "mode=payment&success_url=https://a.example" + line))
                .isEqualTo(error(400, "parameter_missing", "line_items[0][price_data][product]"));
        assertThat(post(session, "mode=payment&success_url=https://a.example"))
                .isEqualTo(error(400, "parameter_missing", "line_items"));
        assertThat(get("/v1/products/prod_none")).isEqualTo(error(404, "resource_missing", "id"));
        assertThat(get("/v1/products?limit=101"))
                .isEqualTo(error(400, "parameter_invalid_integer", "limit"));
        assertThat(get("/v1/products?expand[]=data.name")).isEqualTo(error(400, "", "expand"));
        assertThat(get("/v1/nothing")).isEqualTo(error(404, "", ""));
    }

    @Test
    void a_session_says_what_this_sandbox_cannot_do() {
        var params =
                SessionCreateParams.builder()
                        .setMode(SessionCreateParams.Mode.SETUP)
                        .setSuccessUrl("https://shop.example/")
                        .addLineItem(
                                SessionCreateParams.LineItem.builder()
                                        .setPrice("price_x")
                                        .setQuantity(1L)
                                        .build())
                        .build();
        var refusal = refused(() -> stripe.v1().checkout().sessions().create(params));
        assertThat(refusal.getMessage()).contains("does not imitate sessions of mode `setup` yet");
        assertThat(refusal.getParam()).isEqualTo("mode");
    }

    @Test
    void no_key_a_wrong_key_and_above_all_a_live_key_are_refused() {
        assertThat(browser.get(sandbox.url() + "/v1/products").statusCode()).isEqualTo(401);
        assertThat(status("Bearer hello")).isEqualTo(401);
        String basic = Base64.getEncoder().encodeToString((sandbox.apiKey() + ":").getBytes());
        assertThat(status("Basic " + basic)).isEqualTo(200);
        var live =
                catchThrowableOfType(
                        AuthenticationException.class,
                        () ->
                                client(sandbox, "sk_" + "live_1234567890abcdef")
                                        .v1()
                                        .products()
                                        .list());
        assertThat(live.getMessage()).contains("never send it a live key");
    }

    @Test
    void the_same_key_gives_the_same_answer_and_another_request_under_it_is_refused()
            throws StripeException {
        var options = RequestOptions.builder().setIdempotencyKey("order-17").build();
        var params = ProductCreateParams.builder().setName("Une fois").build();
        Product first = stripe.v1().products().create(params, options);
        Product second = stripe.v1().products().create(params, options);

        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(second.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .hasValue("true");
        var other = ProductCreateParams.builder().setName("Autre").build();
        var refusal =
                catchThrowableOfType(
                        IdempotencyException.class,
                        () -> stripe.v1().products().create(other, options));
        assertThat(refusal.getStripeError().getType()).isEqualTo("idempotency_error");
    }

    @Test
    void a_refused_request_may_be_mended_under_the_same_key() throws StripeException {
        var options = RequestOptions.builder().setIdempotencyKey("order-18").build();
        var wrong = ProductCreateParams.builder().putMetadata("a", "b").build();
        refused(() -> stripe.v1().products().create(wrong, options));
        var right = ProductCreateParams.builder().setName("x").build();
        assertThat(stripe.v1().products().create(right, options).getName()).isEqualTo("x");
    }

    @Test
    void a_webhook_endpoint_tells_its_secret_once_and_hears_only_what_it_asked_for()
            throws StripeException {
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            var made =
                    stripe.v1()
                            .webhookEndpoints()
                            .create(
                                    WebhookEndpointCreateParams.builder()
                                            .setUrl(receiver.url())
                                            .setApiVersion(
                                                    WebhookEndpointCreateParams.ApiVersion
                                                            .VERSION_2026_07_29_DAHLIA)
                                            .addEnabledEvent(
                                                    WebhookEndpointCreateParams.EnabledEvent
                                                            .PRODUCT__UPDATED)
                                            .build());
            StripeSchemas.validate(made.getLastResponse().body());
            assertThat(made.getSecret()).startsWith("whsec_");
            assertThat(stripe.v1().webhookEndpoints().retrieve(made.getId()).getSecret()).isNull();
            Product product = newProduct("Bruit");
            stripe.v1()
                    .products()
                    .update(product.getId(), ProductUpdateParams.builder().setName("Son").build());
            receiver.awaitAtLeast(1, e -> e.type().equals("product.updated"));
            assertThat(receiver.received()).hasSize(1);
            assertThat(stripe.v1().webhookEndpoints().delete(made.getId()).getDeleted()).isTrue();
        }
    }

    @Test
    void a_session_is_paid_through_the_api_as_stripes_command_line_does() throws StripeException {
        String id =
                stripe.v1()
                        .checkout()
                        .sessions()
                        .create(
                                SessionCreateParams.builder()
                                        .setMode(SessionCreateParams.Mode.PAYMENT)
                                        .setSuccessUrl("https://shop.example/")
                                        .addLineItem(
                                                SessionCreateParams.LineItem.builder()
                                                        .setQuantity(1L)
                                                        .setPrice(newPrice(stripe))
                                                        .build())
                                        .build())
                        .getId();
        String buyer =
                "type=card&billing_details[email]=a@exemple.fr&billing_details[name]=A"
                        + "&billing_details[address][line1]=1 rue A&billing_details[address][country]=FR&card[token]=";
        String confirm = "payment_pages/" + id + "/confirm";
        String declined = made("payment_methods", buyer + "tok_chargeDeclined");
        assertThat(answer(confirm, "payment_method=" + declined).statusCode()).isEqualTo(402);
        String visa = made("payment_methods", buyer + "tok_visa");
        assertThat(post(confirm, "expected_amount=1&payment_method=" + visa))
                .isEqualTo(error(400, "", "expected_amount"));
        var paid = answer(confirm, "expected_amount=4900&payment_method=" + visa);
        StripeSchemas.validate(paid.body());
        assertThat(paid.body()).contains("\"payment_status\": \"paid\"");
        var session = stripe.v1().checkout().sessions().retrieve(id);
        var intent = stripe.v1().paymentIntents().retrieve(session.getPaymentIntent());
        assertThat(intent.getPaymentMethod()).isEqualTo(visa);
    }

    @Test
    void an_address_that_the_shop_gave_outlives_that_of_the_payment_method()
            throws StripeException {
        var made =
                stripe.v1()
                        .checkout()
                        .sessions()
                        .create(
                                SessionCreateParams.builder()
                                        .setMode(SessionCreateParams.Mode.PAYMENT)
                                        .setSuccessUrl("https://shop.example/")
                                        .setCustomerEmail("marie@exemple.fr")
                                        .addLineItem(
                                                SessionCreateParams.LineItem.builder()
                                                        .setQuantity(1L)
                                                        .setPrice(newPrice(stripe))
                                                        .build())
                                        .build());
        String visa =
                made(
                        "payment_methods",
                        "type=card&billing_details[email]=other@exemple.fr&billing_details[address][line1]=1 rue A"
                                + "&billing_details[address][country]=FR&card[token]=tok_visa");
        var paid = answer("payment_pages/" + made.getId() + "/confirm", "payment_method=" + visa);
        assertThat(paid.statusCode()).isEqualTo(200);
        var session = stripe.v1().checkout().sessions().retrieve(made.getId());
        assertThat(session.getCustomerEmail()).isEqualTo("marie@exemple.fr");
        assertThat(session.getCustomerDetails().getEmail()).isEqualTo("marie@exemple.fr");
    }

    @Test
    void a_session_expires_when_its_time_has_come() throws StripeException {
        var clock = new MovingClock();
        try (StripeSandbox other = StripeSandbox.start(0, clock)) {
            StripeClient client = client(other, other.apiKey());
            var session =
                    client.v1()
                            .checkout()
                            .sessions()
                            .create(
                                    SessionCreateParams.builder()
                                            .setMode(SessionCreateParams.Mode.PAYMENT)
                                            .setSuccessUrl("https://shop.example/")
                                            .setExpiresAt(clock.instant().getEpochSecond() + 1800)
                                            .addLineItem(
                                                    SessionCreateParams.LineItem.builder()
                                                            .setQuantity(1L)
                                                            .setPrice(newPrice(client))
                                                            .build())
                                            .build());
            assertThat(session.getStatus()).isEqualTo("open");
            clock.now = clock.now.plusSeconds(1800);
            var later = client.v1().checkout().sessions().retrieve(session.getId());
            assertThat(later.getStatus()).isEqualTo("expired");
            assertThat(later.getUrl()).isNull();
            var events =
                    client.v1()
                            .events()
                            .list(
                                    EventListParams.builder()
                                            .setType("checkout.session.expired")
                                            .build());
            assertThat(events.getData()).hasSize(1);
        }
    }

    private static String newPrice(StripeClient client) throws StripeException {
        return client.v1()
                .prices()
                .create(
                        PriceCreateParams.builder()
                                .setCurrency("eur")
                                .setUnitAmount(4_900L)
                                .setProductData(
                                        PriceCreateParams.ProductData.builder()
                                                .setName("Dossier")
                                                .build())
                                .build())
                .getId();
    }

    private static Product newProduct(String name) throws StripeException {
        return stripe.v1()
                .products()
                .create(
                        ProductCreateParams.builder()
                                .setName(name)
                                .putMetadata("partner", "gererseul")
                                .build());
    }

    private static StripeClient client(StripeSandbox sandbox, String key) {
        return StripeClient.builder().setApiKey(key).setApiBase(sandbox.url()).build();
    }

    private interface Attempt {
        Object run() throws StripeException;
    }

    private static InvalidRequestException refused(Attempt attempt) {
        var refusal = catchThrowableOfType(InvalidRequestException.class, attempt::run);
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private record Mistake(int status, String code, String param) {}

    private static Mistake error(int status, String code, String param) {
        return new Mistake(status, code, param);
    }

    private Mistake post(String path, String form) {
        return mistake(form(path, form));
    }

    private HttpResponse<String> answer(String path, String form) {
        return browser.send(form(path, form));
    }

    private String made(String path, String form) {
        var answer = answer(path, form);
        StripeSchemas.validate(answer.body());
        return JsonMapper.shared().readTree(answer.body()).path("id").asString();
    }

    private static HttpRequest form(String path, String form) {
        return request("/v1/" + path, "Bearer " + sandbox.apiKey())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    private Mistake get(String path) {
        return mistake(
                request(path.replace("[", "%5B").replace("]", "%5D"), "Bearer " + sandbox.apiKey())
                        .build());
    }

    private int status(String authorization) {
        return browser.send(request("/v1/products", authorization).build()).statusCode();
    }

    private Mistake mistake(HttpRequest request) {
        HttpResponse<String> answer = browser.send(request);
        assertThat(answer.headers().firstValue("Request-Id")).isPresent();
        JsonNode error = JsonMapper.shared().readTree(answer.body()).path("error");
        assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
        return error(
                answer.statusCode(),
                error.path("code").asString(""),
                error.path("param").asString(""));
    }

    private static HttpRequest.Builder request(String path, String authorization) {
        return HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                .header("Authorization", authorization);
    }

    private static final class MovingClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-24T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
