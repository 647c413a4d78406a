package com.comptappart.console;

import com.comptappart.buyer.BuyerLinks;
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
    private final BuyerLinks areas;
    private final ThreadPoolExecutor desk =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_WAITING),
                    Thread.ofVirtual().name("sign-in-links").factory());

    LinkDesk(SignInLinks links, BuyerLinks areas) {
        this.links = links;
        this.areas = areas;
    }

    void ask(EmailAddress email, String to) {
        later(() -> links.ask(email, to));
    }

    /** A link to all that the address bought, at each seller. */
    void askForArea(EmailAddress email) {
        later(() -> areas.ask(email.value()));
    }

    private void later(Runnable asking) {
        try {
            desk.execute(() -> send(asking));
        } catch (RejectedExecutionException e) {
            LOG.warn(
                    "{} links wait to be sent; one more is not, its reader asks again",
                    MOST_WAITING);
        }
    }

    private static void send(Runnable asking) {
        try {
            asking.run();
        } catch (RuntimeException e) {
            LOG.error("a link could not be sent; its reader asks again", e);
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
