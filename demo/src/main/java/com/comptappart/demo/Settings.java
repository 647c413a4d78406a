package com.comptappart.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run of the demo is given.
 *
 * @param once ends after what is played
 * @param subscription plays the life of a yearly subscription instead of one purchase
 * @param friendlyPorts takes the ports that the documentation names where they are free
 */
record Settings(Path dataDirectory, boolean once, boolean subscription, boolean friendlyPorts) {

    static final String USAGE =
            """
            usage: ./comptappart demo [--subscription] [--once]

              Démarre sur cette machine le bac à sable Stripe, ComptAppart, une boutique, une boîte de réception
              et un partenaire d'exemple, fait un achat par HTTP comme un navigateur, et dit où regarder.
              Everything on this machine, no keys, no internet: one purchase through the real path.

              --once   s'arrête ensuite : 0 si la facture, le courriel et la notification signée sont arrivés, sinon 1
                       ends after it: 0 if the invoice, the email and the signed webhook all arrived, else 1
              --subscription
                       joue en temps virtuel toute la vie d'un abonnement annuel, de la page de la boutique à la résiliation
                       (essai, paiement, changement de quantité, renouvellements, échec et reprise, remboursement partiel),
                       vérifie à chaque pas documents, courriels et notifications ; avec --once : 0 si tout est exact
                       the whole life of a yearly subscription in virtual time, each step checked; with --once 0 if exact
              --help   cette aide / this text

              Données / data : ./demo-data, ou/or $COMPTAPPART_DATA_DIR
            """;

    private static final Set<String> OPTIONS = Set.of("--once", "--subscription");

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
            if (!OPTIONS.contains(argument)) {
                throw new IllegalArgumentException("demo: option inconnue : " + argument);
            }
        }
        String directory = environment.getOrDefault("COMPTAPPART_DATA_DIR", "");
        return new Settings(
                Path.of(directory.isBlank() ? "demo-data" : directory),
                arguments.contains("--once"),
                arguments.contains("--subscription"),
                true);
    }

    /** A port of loopback: the friendly one where it is free, else 0, which takes any. */
    int port(int friendly) {
        return friendlyPorts && Loopback.isFree(friendly) ? friendly : 0;
    }
}
