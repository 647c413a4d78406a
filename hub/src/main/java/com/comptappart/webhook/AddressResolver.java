package com.comptappart.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks a host name up. */
interface AddressResolver {

    /** All addresses of the host. The calling thread may be interrupted while it waits. */
    InetAddress[] resolve(String host) throws UnknownHostException, InterruptedException;
}
