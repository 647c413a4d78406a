package com.comptappart.invoice;

import static com.comptappart.invoice.InvoicesForTests.company;
import static com.comptappart.invoice.InvoicesForTests.consumer;
import static com.comptappart.invoice.InvoicesForTests.creditNote;
import static com.comptappart.invoice.InvoicesForTests.invoice;
import static com.comptappart.invoice.InvoicesForTests.line;

import com.comptappart.kernel.Environment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Documents of every rung of the fonts' ladder, by name. */
final class DocumentsForTests {

    private DocumentsForTests() {}

    static Map<String, NumberedInvoice> ofEveryRung() {
        Map<String, NumberedInvoice> all = new TreeMap<>();
        all.put("plain", of("Marie Martin"));
        all.put("wide", of("Łukasz Żółć, Ελένη, Дмитрий"));
        all.put("right-to-left", of("محمد بن سلمان — שלום עולם"));
        all.put("ideographs", of("山田太郎 王小明 김철수"));
        all.put("emoji", of("Zoé 🎉👩‍💻"));
        all.put("last-rung", of("𒀀𓀀 ꙮ ༄"));
        all.put("broken", of("a\u0000b\u0007c\ud800d\uffffe\u0378"));
        all.put(
                "credit-note",
                creditNote(
                        invoice(
                                Environment.PRODUCTION,
                                false,
                                company(),
                                "en",
                                List.of(line("Guide", 3, 8_332, 1_667, "20"))),
                        3_333));
        return all;
    }

    private static NumberedInvoice of(String name) {
        return invoice(
                Environment.STAGING,
                false,
                consumer(name),
                "fr",
                List.of(
                        line("Guide", 2, 8_332, 1_667, "20"),
                        line(name, 1, 1_234_567, 67_901, "5.5")));
    }
}
