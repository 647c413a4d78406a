package com.comptappart;

import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The hub: one process and PostgreSQL. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Hub {

    /** Serves; {@code verify} as the first word checks the ledger instead and ends with 0 or 1. */
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("verify")) {
            System.exit(VerifyCommand.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
        }
        SpringApplication.run(Hub.class, arguments);
    }
}
