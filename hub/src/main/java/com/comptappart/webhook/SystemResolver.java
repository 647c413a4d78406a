package com.comptappart.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * The operating system's resolver, on threads of its own: a lookup blocks the thread that carries a
 * virtual one, and a name server that hangs would stop every delivery. Lookups of one name share
 * one thread.
 */
@Component
class SystemResolver implements AddressResolver, AutoCloseable {

    private static final int THREADS = 64;

    private final ConcurrentMap<String, CompletableFuture<InetAddress[]>> running =
            new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    30,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    Thread.ofPlatform().daemon().name("webhook-resolver-", 1).factory());

    SystemResolver() {
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException, InterruptedException {
        try {
            return running.computeIfAbsent(host, this::start).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException) {
                throw new UnknownHostException(host);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private CompletableFuture<InetAddress[]> start(String host) {
        var result = new CompletableFuture<InetAddress[]>();
        threads.execute(() -> look(host, result));
        return result;
    }

    private void look(String host, CompletableFuture<InetAddress[]> result) {
        try {
            result.complete(InetAddress.getAllByName(host));
        } catch (UnknownHostException | RuntimeException e) {
            result.completeExceptionally(e);
        } finally {
            running.remove(host, result);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
