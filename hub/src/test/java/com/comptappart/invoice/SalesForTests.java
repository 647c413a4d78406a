package com.comptappart.invoice;

import com.comptappart.testing.Sale;
import com.comptappart.testing.Sale.Tax;
import java.util.List;
import java.util.Map;

/** What the accountant looks at: a sale of each kind, as Stripe tells of it. */
final class SalesForTests {

    private SalesForTests() {}

    private static final Tax NONE_ABROAD = new Tax(0, "0", "US", "not_collecting");
    private static final Tax REVERSED = new Tax(0, "0", "DE", "reverse_charge");

    static final Sale CONSUMER =
            new Sale("consumer", "eur")
                    .line("Fauteuil", 2, 90_000, 10_000, french(15_000), Map.of("nature", "goods"))
                    .line("Livre", 3, 2_110, new Tax(110, "5.5", "FR", "reduced_rated"), goods())
                    .shipping(1_200, french(200))
                    .deliveredTo("Paul Martin", "5 rue du Port", "17000", "La Rochelle", "FR");
    static final Sale COMPANY =
            new Sale("company", "eur")
                    .buyer("Œuvres & Fils SARL", "FR", "fr")
                    .taxId("eu_vat", "FR44732829320")
                    .answer("purchaseorder", "BC-2026-0042")
                    .line("Conseil", 1, 9_999, french(1_667), Map.of());
    static final Sale GERMAN =
            new Sale("german", "eur")
                    .buyer("Müller GmbH", "DE", "en")
                    .taxId("eu_vat", "DE123456789")
                    .line("Conseil", 1, 10_000, REVERSED, Map.of());
    static final Sale TO_GERMANY =
            new Sale("togermany", "eur")
                    .buyer("Müller GmbH", "DE", "en")
                    .taxId("eu_vat", "DE123456789")
                    .deliveredTo("Lager", "Hafenstr. 1", "20457", "Hamburg", "DE")
                    .line("Fauteuil", 1, 10_000, REVERSED, Map.of("nature", "goods"));
    static final Sale OSS =
            new Sale("oss", "eur")
                    .buyer("Jürgen Groß", "DE", "en")
                    .line(
                            "Guide",
                            1,
                            10_000,
                            new Tax(1_597, "19", "DE", "standard_rated"),
                            Map.of());
    static final Sale EXPORT =
            new Sale("export", "eur")
                    .buyer("John Smith", "US", "en")
                    .address("1 Congress Avenue", "78701", "Austin", "TX")
                    .deliveredTo("Jane Smith", "5 King Street", "M5H 1A1", "Toronto", "CA")
                    .line("Fauteuil", 1, 10_000, NONE_ABROAD, Map.of("nature", "goods"));
    static final Sale ABROAD =
            new Sale("abroad", "eur")
                    .buyer("John Smith", "US", "en")
                    .line("Conseil", 1, 10_000, NONE_ABROAD, Map.of());
    static final Sale TRAINING =
            new Sale("training", "eur")
                    .line(
                            "Formation",
                            1,
                            10_000,
                            new Tax(0, "0", "FR", "product_exempt"),
                            Map.of("vat_exemption", "VATEX-FR-CGI261-4"));
    static final Sale LESSONS =
            new Sale("lessons", "eur")
                    .line(
                            "Leçon",
                            1,
                            10_000,
                            new Tax(0, "0", "FR", "product_exempt"),
                            Map.of("vat_exemption", "VATEX-FR-CGI261-5"));
    static final Sale SHIPPED =
            new Sale("shipped", "eur")
                    .untaxed()
                    .line("Fauteuil", 1, 12_000, Tax.NONE, goods())
                    .line("Livre", 1, 10_550, Tax.NONE, goodsAt("5.5"))
                    .shipping(2_255, Tax.NONE)
                    .deliveredTo("Marie Martin", "3 allée de l'Été", "75011", "Paris", "FR");
    static final Sale REUNION =
            new Sale("reunion", "eur")
                    .untaxed()
                    .buyer("Les Écoles SARL", "FR", "fr")
                    .address("1 rue de Paris", "97400", "Saint-Denis", "")
                    .taxId("eu_vat", "FR44732829320")
                    .line("Conseil", 1, 10_850, Tax.NONE, Map.of());
    static final Sale GUYANE =
            new Sale("guyane", "eur")
                    .untaxed()
                    .buyer("Paul Martin", "GF", "fr")
                    .address("1 place des Palmistes", "97300", "Cayenne", "")
                    .deliveredTo("Paul Martin", "1 place des Palmistes", "97300", "Cayenne", "GF")
                    .line("Fauteuil", 1, 10_000, Tax.NONE, goods());
    static final Sale BELFAST =
            new Sale("belfast", "eur")
                    .buyer("Ulster Ltd", "GB", "en")
                    .address("1 High Street", "BT1 2BA", "Belfast", "")
                    .taxId("eu_vat", "XI123456789")
                    .line("Fauteuil", 1, 10_000, new Tax(0, "0", "GB", "zero_rated"), goods());
    static final Sale NOBODY =
            new Sale("nobody", "eur")
                    .withoutAddress()
                    .line("Guide", 1, 1_200, french(200), Map.of());
    static final Sale NAMELESS_COMPANY =
            new Sale("siren", "eur")
                    .taxId("fr_siren", "12")
                    .line("Guide", 1, 1_200, french(200), Map.of());
    static final Sale FRENCH_ABROAD =
            new Sale("frenchabroad", "eur")
                    .buyer("Œuvres & Fils SARL", "DE", "fr")
                    .taxId("eu_vat", "FR44732829320")
                    .line("Conseil", 1, 10_000, REVERSED, Map.of());
    static final List<Sale> ODD = List.of(NOBODY, NAMELESS_COMPANY, FRENCH_ABROAD);
    static final Sale GIFT =
            new Sale("gift", "eur").line("Guide", 1, 0, 5_000, french(0), Map.of());
    static final Sale DOLLARS =
            new Sale("dollars", "usd")
                    .buyer("Anne Durand", "FR", "fr")
                    .line("Guide", 1, 12_000, french(2_000), Map.of());
    static final Sale LONG = ofLines("long", 90);
    static final List<Sale> SALES =
            List.of(
                    CONSUMER,
                    COMPANY,
                    GERMAN,
                    TO_GERMANY,
                    OSS,
                    EXPORT,
                    ABROAD,
                    TRAINING,
                    GIFT,
                    LESSONS,
                    SHIPPED,
                    REUNION,
                    GUYANE,
                    BELFAST,
                    LONG);

    private static Tax french(long amount) {
        return new Tax(amount, "20", "FR", "standard_rated");
    }

    private static Sale ofLines(String id, int lines) {
        var sale = new Sale(id, "eur");
        for (int i = 1; i <= lines; i++) {
            sale.line("Dossier " + i, 1, 1_200, french(200), Map.of());
        }
        return sale;
    }

    private static Map<String, String> goods() {
        return Map.of("nature", "goods");
    }

    private static Map<String, String> goodsAt(String rate) {
        return Map.of("nature", "goods", "vat_rate", rate);
    }
}
