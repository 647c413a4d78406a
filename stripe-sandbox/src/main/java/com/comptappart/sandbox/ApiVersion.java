package com.comptappart.sandbox;

import java.util.Arrays;
import java.util.Optional;

/**
 * The versions of Stripe's API in whose shapes the sandbox can write its objects, oldest first; it
 * keeps them in that of dahlia, and {@link Shapes} rewrites them.
 */
enum ApiVersion {
    Y2020("2020-08-27"),
    Y2024("2024-06-20"),
    ACACIA("2024-09-30.acacia"),
    BASIL("2025-03-31.basil"),
    DAHLIA("2026-07-29.dahlia"),
    ENDIVE("2026-10-28.endive");

    private final String date;

    ApiVersion(String date) {
        this.date = date;
    }

    String date() {
        return date;
    }

    static Optional<ApiVersion> of(String date) {
        return Arrays.stream(values()).filter(version -> version.date.equals(date)).findFirst();
    }

    /**
     * Within a train, versions only add: the train's name, after the dot, decides; before the
     * trains, the date does. Clover, which is not written here, is read as dahlia.
     */
    static ApiVersion ofTrain(String date) {
        String train = date.substring(date.indexOf('.') + 1);
        return switch (train) {
            case "endive" -> ENDIVE;
            case "basil" -> BASIL;
            case "acacia" -> ACACIA;
            default -> date.matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}") ? ofDate(date) : DAHLIA;
        };
    }

    private static ApiVersion ofDate(String date) {
        return date.compareTo(Y2024.date) < 0 ? Y2020 : Y2024;
    }

    boolean isBefore(ApiVersion other) {
        return compareTo(other) < 0;
    }

    static String all() {
        return String.join(", ", Arrays.stream(values()).map(ApiVersion::date).toList());
    }
}
