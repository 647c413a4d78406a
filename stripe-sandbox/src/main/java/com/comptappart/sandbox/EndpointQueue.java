package com.comptappart.sandbox;

import java.util.concurrent.DelayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deliveries of one endpoint, sent one after the other when they are due. */
final class EndpointQueue implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointQueue.class);

    interface Sender {
        /** True when the delivery is over, well or for good. */
        boolean send(Delivery delivery) throws InterruptedException;
    }

    private final DelayQueue<Delivery> due = new DelayQueue<>();
    private final Sender sender;

    EndpointQueue(Sender sender) {
        this.sender = sender;
    }

    void add(Delivery delivery) {
        due.put(delivery);
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                sendOne(due.take());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendOne(Delivery delivery) throws InterruptedException {
        try {
            if (!sender.send(delivery)) {
                due.put(delivery.next());
            }
        } catch (RuntimeException bug) {
            LOG.error("Event {} is given up for this endpoint.", delivery.eventId(), bug);
        } finally {
            delivery.answered().complete(null);
        }
    }
}
