package com.comptappart.health;

import com.comptappart.queue.Work;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Says every half minute that this node is there. */
@Component
class Heartbeat implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Nodes nodes;
    private final String host = host();

    Heartbeat(Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public String name() {
        return "heartbeat";
    }

    @Override
    public Duration poll() {
        return Duration.ofSeconds(30);
    }

    @Override
    public int round() {
        try {
            nodes.here(host);
        } catch (DataAccessException e) {
            LOG.warn(
                    "this node can't say that it is there; the next try is in {}: {}",
                    poll(),
                    e.toString());
        }
        return 0;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "?";
        }
    }
}
