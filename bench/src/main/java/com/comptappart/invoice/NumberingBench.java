package com.comptappart.invoice;

import com.comptappart.invoice.RequestRows.Request;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * {@code ./comptappart bench --numbering}: how many invoices a second one series takes, on the
 * hub's own PostgreSQL and archive with {@code fsync}, and whether a number is missing.
 */
public final class NumberingBench implements AutoCloseable {

    private static final double WANTED = 20_000;
    private static final int FEEDERS = 32;
    private static final int TOGETHER = 100;

    /** Until the compiler has done most of its work: less, and it is what is measured. */
    private static final int WARM_UP = 60_000;

    private static final int ALONE = 200_000;
    private static final int WHOLE = 20_000;
    private static final String SELLER = "123456782";
    private static final String CONTENT_SERIES = "FAC";

    private final Path data;
    private final ConfigurableApplicationContext context;
    private final AtomicInteger orders = new AtomicInteger();
    private final List<String> contents;

    private NumberingBench(Path data, boolean given) {
        this.data = data;
        this.context =
                new SpringApplicationBuilder(NumberingConfiguration.class)
                        .web(WebApplicationType.NONE)
                        .profiles(given ? "given" : "rendered")
                        .run(
                                "--comptappart.data-dir=" + data,
                                "--spring.datasource.hikari.maximum-pool-size=" + (FEEDERS + 8),
                                "--logging.level.root=warn");
        this.contents = BenchInvoices.contents();
    }

    /**
     * Ends with 0; 1 where a number is missing or the chain is broken. A target that is missed is
     * said and changes nothing.
     */
    public static void main(String[] arguments) throws Exception {
        int rows = 1_000_000;
        for (String argument : arguments) {
            if (!argument.matches("--rows=[1-9][0-9]{0,8}")) {
                System.err.println(
                        "bench: usage: ./comptappart bench --numbering [--rows=1000000]; there is no "
                                + argument);
                System.exit(2);
            }
            rows = Integer.parseInt(argument.substring("--rows=".length()));
        }
        System.exit(run(rows, System.out) ? 0 : 1);
    }

    private static boolean run(int rows, PrintStream out) throws Exception {
        Pace whole;
        try (var bench = new NumberingBench(directory(), false)) {
            bench.feed(WARM_UP);
            bench.drain(WARM_UP);
            bench.feed(WHOLE);
            whole = bench.drain(WHOLE);
        }
        try (var bench = new NumberingBench(directory(), true)) {
            bench.feed(WARM_UP);
            bench.drain(WARM_UP);
            double fed = bench.feed(ALONE);
            bench.checkpoint();
            var alone = bench.drain(ALONE);
            line(out, "numbered and stored, one writer alone", alone);
            var both = bench.feedAndDrain(rows);
            line(out, "the same while " + FEEDERS + " feeders add " + rows, both);
            line(out, "numbered, rendered, packed and stored, one writer alone", whole);
            out.printf(
                    Locale.ROOT,
                    "%-62s %8.0f / s%n",
                    "added by " + FEEDERS + " feeders alone",
                    fed);
            out.printf(
                    Locale.ROOT,
                    "%s  %.0f a second, wanted %.0f%n",
                    alone.perSecond() >= WANTED ? "reached " : "MISSED  ",
                    alone.perSecond(),
                    WANTED);
            return bench.isGapless(WARM_UP + ALONE + rows, out);
        }
    }

    private static void line(PrintStream out, String what, Pace pace) {
        out.printf(
                Locale.ROOT,
                "%-62s %8.0f / s   processor a document: %.0f µs here, %.0f µs PostgreSQL%n",
                what,
                pace.perSecond(),
                pace.writerMicros(),
                pace.databaseMicros());
    }

    private static Path directory() throws IOException {
        return Files.createTempDirectory("comptappart-numbering-");
    }

    /**
     * Writes out what the feeders left, and keeps their WAL files for what follows, as a database
     * that has run for an hour has some: a new one would make each file first.
     */
    private void checkpoint() {
        context.getBean(JdbcClient.class).sql("checkpoint").update();
    }

    /** Adds requests from all feeders at once; how many a second. */
    private double feed(int count) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        try (var feeders = Executors.newFixedThreadPool(FEEDERS)) {
            for (Future<?> each : fed(feeders, count)) {
                each.get();
            }
        }
        return perSecond(count, start);
    }

    private List<Future<?>> fed(java.util.concurrent.ExecutorService feeders, int count) {
        var requests = context.getBean(RequestRows.class);
        var transaction = context.getBean(TransactionTemplate.class);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < count; i += TOGETHER) {
            int size = Math.min(TOGETHER, count - i);
            all.add(
                    feeders.submit(() ->
                            transaction.executeWithoutResult(
                                    status -> requests.add(batch(size), Instant.now()))));
        }
        return all;
    }

    private List<Request> batch(int size) {
        List<Request> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int order = orders.incrementAndGet();
            batch.add(
                    new Request(
                            new PartnerId("part_bench"),
                            new OrderId(order),
                            DocumentKind.INVOICE,
                            "",
                            Environment.PRODUCTION,
                            SELLER,
                            CONTENT_SERIES,
                            contents.get(order % contents.size())));
        }
        return batch;
    }

    /**
     * How fast documents were stored, and what one cost.
     *
     * @param writerMicros processor time of this process, the virtual machine's own included
     * @param databaseMicros that of PostgreSQL
     */
    private record Pace(double perSecond, double writerMicros, double databaseMicros) {}

    /** Rounds of the hub's own writer until so many are stored. */
    private Pace drain(int count) throws InterruptedException {
        var work = context.getBean(InvoiceWork.class);
        var self = ProcessHandle.current();
        double writer = micros(Stream.of(self));
        double database = micros(self.descendants());
        long start = System.nanoTime();
        for (int done = 0; done < count; ) {
            done += work.round();
        }
        return new Pace(
                perSecond(count, start),
                (micros(Stream.of(self)) - writer) / count,
                (micros(self.descendants()) - database) / count);
    }

    private static double micros(Stream<ProcessHandle> processes) {
        return processes
                        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToLong(Duration::toNanos)
                        .sum()
                / 1e3;
    }

    private Pace feedAndDrain(int count) throws InterruptedException, ExecutionException {
        try (var feeders = Executors.newFixedThreadPool(FEEDERS)) {
            var all = fed(feeders, count);
            var pace = drain(count);
            for (Future<?> each : all) {
                each.get();
            }
            return pace;
        }
    }

    private boolean isGapless(long expected, PrintStream out) {
        var counted =
                context.getBean(JdbcClient.class)
                        .sql(
                                """
                                select count(*) as rows, count(*) filter (where seq is distinct from former_seq + 1
                                    or previous_hash is distinct from former_hash) as broken
                                from (
                                    select seq, previous_hash, coalesce(lag(seq) over w, 0) as former_seq,
                                        coalesce(lag(entry_hash) over w, decode(repeat('00', 32), 'hex')) as former_hash
                                    from invoice
                                    window w as (order by seq)) as chained
                                """)
                        .query((row, number) -> new long[] {row.getLong(1), row.getLong(2)})
                        .single();
        out.printf(
                "%d rows, wanted %d; %d gaps or broken links%n", counted[0], expected, counted[1]);
        return counted[0] == expected && counted[1] == 0;
    }

    private static double perSecond(int count, long start) {
        return count * 1e9 / Duration.ofNanos(System.nanoTime() - start).toNanos();
    }

    @Override
    public void close() throws IOException {
        context.close();
        FileSystemUtils.deleteRecursively(data);
    }
}
