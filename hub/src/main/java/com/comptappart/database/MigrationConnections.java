package com.comptappart.database;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connections for migrations, outside the pool: a statement of theirs may take its time. */
@Configuration(proxyBeanMethods = false)
class MigrationConnections {

    @Bean
    FlywayConfigurationCustomizer outsideThePool(JdbcConnectionDetails details) {
        return configuration -> {
            if (configuration.getDataSource() instanceof HikariDataSource) {
                configuration.dataSource(
                        details.getJdbcUrl(), details.getUsername(), details.getPassword());
            }
        };
    }
}
