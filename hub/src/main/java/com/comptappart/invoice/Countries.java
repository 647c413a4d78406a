package com.comptappart.invoice;

import java.util.HashMap;
import java.util.Map;

/**
 * Names of countries on addresses, in French and in capitals as the Universal Postal Union wants
 * them. The JDK's own names change with its versions, and documents must not.
 */
final class Countries {

    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        String names =
                """
                AD ANDORRE|AE ÉMIRATS ARABES UNIS|AL ALBANIE|AR ARGENTINE|AT AUTRICHE|AU AUSTRALIE|BA BOSNIE-HERZÉGOVINE
                BE BELGIQUE|BG BULGARIE|BR BRÉSIL|CA CANADA|CH SUISSE|CI CÔTE D'IVOIRE|CL CHILI|CM CAMEROUN|CN CHINE
                CO COLOMBIE|CY CHYPRE|CZ RÉPUBLIQUE TCHÈQUE|DE ALLEMAGNE|DK DANEMARK|DZ ALGÉRIE|EE ESTONIE|EG ÉGYPTE
                ES ESPAGNE|FI FINLANDE|GB ROYAUME-UNI|GF GUYANE FRANÇAISE|GP GUADELOUPE|GR GRÈCE|HK HONG KONG|HR CROATIE
                HU HONGRIE|IE IRLANDE|IL ISRAËL|IN INDE|IS ISLANDE|IT ITALIE|JP JAPON|KR CORÉE DU SUD|LB LIBAN
                LI LIECHTENSTEIN|LT LITUANIE|LU LUXEMBOURG|LV LETTONIE|MA MAROC|MC MONACO|MD MOLDAVIE|MG MADAGASCAR
                ME MONTÉNÉGRO|MK MACÉDOINE DU NORD|MQ MARTINIQUE|MT MALTE|MU MAURICE|MX MEXIQUE|NC NOUVELLE-CALÉDONIE
                NL PAYS-BAS|NO NORVÈGE|NZ NOUVELLE-ZÉLANDE|PF POLYNÉSIE FRANÇAISE|PL POLOGNE|PT PORTUGAL|RE LA RÉUNION
                RO ROUMANIE|RS SERBIE|SA ARABIE SAOUDITE|SE SUÈDE|SG SINGAPOUR|SI SLOVÉNIE|SK SLOVAQUIE|SM SAINT-MARIN
                SN SÉNÉGAL|TH THAÏLANDE|TN TUNISIE|TR TURQUIE|TW TAÏWAN|UA UKRAINE|US ÉTATS-UNIS|VA VATICAN|VN VIÊT NAM
                YT MAYOTTE|ZA AFRIQUE DU SUD
                """;
        for (String each : names.strip().split("[|\n]")) {
            NAMES.put(each.substring(0, 2), each.substring(3));
        }
    }

    private Countries() {}

    /** The code itself where the country is not listed. */
    static String french(String code) {
        return NAMES.getOrDefault(code, code);
    }
}
