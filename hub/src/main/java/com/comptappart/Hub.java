package com.comptappart;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The hub: one process and PostgreSQL. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Hub {
    public static void main(String[] arguments) {
        SpringApplication.run(Hub.class, arguments);
    }
}
