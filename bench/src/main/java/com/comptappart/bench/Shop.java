package com.comptappart.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is sold, in Stripe's words. Order {@code n} is the same wherever and whenever it is asked
 * for, so nothing needs to be remembered.
 *
 * @param partners each order is of one of them, in turn
 * @param now when the orders were paid, Unix seconds
 */
record Shop(int partners, long now) {

    private static final String MARK = "bench";
    private static final Template EVENT = Template.of("event.json");
    private static final Template SESSION = Template.of("session.json");
    private static final Template ITEM = Template.of("item.json");
    private static final Template PRODUCT = Template.of("product.json");
    private static final Template INTENT = Template.of("intent.json");
    private static final List<String> PRODUCTS =
            List.of(
                    "Déclaration d'impôts - Formule Complète",
                    "Bilan LMNP - Formule Essentielle",
                    "Option accompagnement fiscal");
    private static final List<Integer> PRICES = List.of(9_999, 14_900, 2_990);
    private static final List<String> NAMES =
            List.of("Marie Martin", "Élodie Lefèvre", "Jean-François Noël", "Zoé Dupont", "Luc Ça");

    Shop {
        if (partners < 1 || partners > 1_000) {
            throw new IllegalArgumentException("1 to 1000 partners, not " + partners);
        }
    }

    static String slug(int partner) {
        return "bench-" + partner;
    }

    /** Whether a mail to that address is one to a partner, as alerts are. */
    static boolean isPartner(String recipient) {
        return numberIn(recipient, "<bench-") >= 0;
    }

    static String email(int n) {
        return "buyer+" + digits(n) + "@example.com";
    }

    /** The order that an id or an address of this shop tells of; negative where it is none. */
    static int numberIn(String text, String before) {
        int from = text.indexOf(before);
        if (from < 0) {
            return -1;
        }
        int value = 0;
        int at = from + before.length();
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at)) && at - start < 9) {
            value = value * 10 + (text.charAt(at) - '0');
            at++;
        }
        return at == start ? -1 : value;
    }

    static int numberIn(String id) {
        return numberIn(id, MARK);
    }

    /** A {@code checkout.session.completed} as Stripe posts it. */
    byte[] event(int n) {
        return EVENT.fill(name -> value(n, name)).getBytes(StandardCharsets.UTF_8);
    }

    /** The session with its lines and payment expanded. */
    String session(int n) {
        return SESSION.fill(name ->
                switch (name) {
                    case "line_items" -> lineItems(n);
                    case "intent" -> intent(n);
                    default -> value(n, name);
                });
    }

    String lineItems(int n) {
        String items =
                IntStream.range(0, lines(n))
                        .mapToObj(line -> item(n, line))
                        .collect(Collectors.joining(","));
        return "{\"object\":\"list\",\"data\":["
                + items
                + "],\"has_more\":false,\"url\":\"/v1/checkout/sessions/cs_live_bench"
                + digits(n)
                + "/line_items\"}";
    }

    String intent(int n) {
        return INTENT.fill(name -> value(n, name));
    }

    /** A product by its id; the catalogue has three for each partner. */
    String product(String id) {
        int number = numberIn(id);
        return product(number / PRODUCTS.size(), number % PRODUCTS.size());
    }

    private int lines(int n) {
        return 1 + n / 7 % 3;
    }

    private int quantity(int n, int line) {
        return line == 0 ? 1 + n / 5 % 2 : 1;
    }

    private String item(int n, int line) {
        int unit = PRICES.get(line);
        int quantity = quantity(n, line);
        return ITEM.fill(name ->
                switch (name) {
                    case "line" -> Integer.toString(line);
                    case "amount" -> Integer.toString(unit * quantity);
                    case "unit" -> Integer.toString(unit);
                    case "quantity" -> Integer.toString(quantity);
                    case "name" -> PRODUCTS.get(line);
                    case "product" -> productId(n % partners, line);
                    case "product_object" -> product(n % partners, line);
                    default -> value(n, name);
                });
    }

    private String product(int partner, int line) {
        return PRODUCT.fill(name ->
                switch (name) {
                    case "product" -> productId(partner, line);
                    case "partner" -> slug(partner);
                    case "name" -> PRODUCTS.get(line);
                    default -> throw new IllegalArgumentException(name);
                });
    }

    private static String productId(int partner, int line) {
        return "prod_bench" + (partner * PRODUCTS.size() + line);
    }

    private String value(int n, String name) {
        return switch (name) {
            case "n" -> digits(n);
            case "created" -> Long.toString(now);
            case "expires" -> Long.toString(now + 86_400);
            case "house" -> Integer.toString(1 + n % 99);
            case "name" -> NAMES.get(n % NAMES.size());
            case "intent" -> "\"pi_bench" + digits(n) + "\"";
            case "total" -> Integer.toString(total(n));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private int total(int n) {
        return IntStream.range(0, lines(n)).map(line -> PRICES.get(line) * quantity(n, line)).sum();
    }

    private static String digits(int n) {
        return String.format(Locale.ROOT, "%09d", n);
    }
}
