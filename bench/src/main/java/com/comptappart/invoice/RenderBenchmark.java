package com.comptappart.invoice;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** An invoice with its XML, its PDF and the PDF's hash: the product's way, and PDFBox's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RenderBenchmark {

    private static final int FEW = 8;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final BenchInvoices invoices = new BenchInvoices();
    private final InvoiceRenderer renderer = new InvoiceRenderer(_ -> Look.PLAIN, _ -> {});
    private final Ladder ladder = new Ladder();
    private final PdfBoxWay pdfbox = new PdfBoxWay();

    /** Processor time of the thread that renders: what else runs on the machine is not in it. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Cpu {

        public long cpuNanos;
        public long rendered;
    }

    @Benchmark
    @OperationsPerInvocation(FEW)
    public void template(Cpu cpu, Blackhole hole) {
        long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < FEW; i++) {
            hole.consume(renderer.render(invoices.next()));
        }
        count(cpu, before);
    }

    @Benchmark
    @OperationsPerInvocation(FEW)
    public void pdfbox(Cpu cpu, Blackhole hole) {
        long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < FEW; i++) {
            var invoice = invoices.next();
            byte[] xml = CiiXml.write(invoice);
            var pages = InvoiceLayout.pages(invoice, Look.PLAIN, ladder);
            byte[] pdf = pdfbox.write(invoice, pages, xml);
            hole.consume(Hashes.sha256(pdf));
        }
        count(cpu, before);
    }

    @Benchmark
    @OperationsPerInvocation(FEW)
    public void xmlAlone(Cpu cpu, Blackhole hole) {
        long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < FEW; i++) {
            hole.consume(CiiXml.write(invoices.next()));
        }
        count(cpu, before);
    }

    private static void count(Cpu cpu, long before) {
        cpu.cpuNanos += THREADS.getCurrentThreadCpuTime() - before;
        cpu.rendered += FEW;
    }
}
