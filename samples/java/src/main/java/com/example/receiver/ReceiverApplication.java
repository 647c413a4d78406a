package com.example.receiver;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
class ReceiverApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ReceiverApplication.class, arguments);
    }

    @Bean
    Webhook webhook(@Value("${webhook.secret}") String secret) throws EmptyWebhookSecretException {
        return new Webhook(secret);
    }
}
