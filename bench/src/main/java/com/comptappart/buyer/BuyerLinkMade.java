package com.comptappart.buyer;

import com.comptappart.kernel.MasterKey;
import com.comptappart.kernel.OrderId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A link into the buyer's area, without its mail: the hub keeps that sealed. */
public final class BuyerLinkMade {

    private static final Duration VALIDITY = Duration.ofDays(1);

    private BuyerLinkMade() {}

    /** The path that opens it for who bought that order from the hub of that data directory. */
    public static String path(Path data, long order) throws IOException {
        var key = new MasterKey(Files.readString(data.resolve("master.key")));
        return "/c/"
                + new LinkTokens(key).of(new OrderId(order), false, Instant.now().plus(VALIDITY));
    }
}
