package com.comptappart.console;

import com.comptappart.people.EmailAddress;
import com.comptappart.people.SignInLinks;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends links after the answer has gone: the time that an answer takes must not tell whether an
 * address is known.
 */
@Component
class LinkDesk {

    private static final Logger LOG = LoggerFactory.getLogger(LinkDesk.class);
    private static final int MOST_WAITING = 1_000;
    private static final int SECONDS_TO_END = 5;

    private final SignInLinks links;
    private final ThreadPoolExecutor desk =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_WAITING),
                    Thread.ofVirtual().name("sign-in-links").factory());

    LinkDesk(SignInLinks links) {
        this.links = links;
    }

    void ask(EmailAddress email, String to) {
        try {
            desk.execute(() -> send(email, to));
        } catch (RejectedExecutionException e) {
            LOG.warn(
                    "{} links wait to be sent; one more is not, its reader asks again",
                    MOST_WAITING);
        }
    }

    private void send(EmailAddress email, String to) {
        try {
            links.ask(email, to);
        } catch (RuntimeException e) {
            LOG.error("a link to sign in could not be sent; its reader asks again", e);
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        desk.shutdown();
        if (!desk.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
            LOG.warn("{} links were not sent; their readers ask again", desk.getQueue().size());
        }
    }
}
