package com.comptappart.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a run of the demo is given.
 *
 * @param once ends after the purchase
 * @param friendlyPorts takes the ports that the documentation names where they are free
 */
record Settings(Path dataDirectory, boolean once, boolean friendlyPorts) {

    static final String USAGE =
            """
            usage: ./comptappart demo [--once]

              Démarre sur cette machine le bac à sable Stripe, ComptAppart, une boutique, une boîte de réception
              et un partenaire d'exemple, fait un achat par HTTP comme un navigateur, et dit où regarder.
              Everything on this machine, no keys, no internet: one purchase through the real path.

              --once   s'arrête ensuite : 0 si la facture, le courriel et la notification signée sont arrivés, sinon 1
                       ends after it: 0 if the invoice, the email and the signed webhook all arrived, else 1
              --help   cette aide / this text

              Données / data : ./demo-data, ou/or $COMPTAPPART_DATA_DIR
            """;

    Settings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with a sentence for who typed it
     */
    static Settings of(List<String> arguments, Map<String, String> environment) {
        for (String argument : arguments) {
            if (!argument.equals("--once")) {
                throw new IllegalArgumentException("demo: option inconnue : " + argument);
            }
        }
        String directory = environment.getOrDefault("COMPTAPPART_DATA_DIR", "");
        return new Settings(
                Path.of(directory.isBlank() ? "demo-data" : directory),
                arguments.contains("--once"),
                true);
    }

    /** A port of loopback: the friendly one where it is free, else 0, which takes any. */
    int port(int friendly) {
        return friendlyPorts && Loopback.isFree(friendly) ? friendly : 0;
    }
}
