package com.comptappart.testing;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** Whether bytes are PDF/A-3U, asked of veraPDF itself; some 30 ms a document. */
public final class PdfAValidity {

    static {
        VeraGreenfieldFoundryProvider.initialise();
    }

    private PdfAValidity() {}

    /** What is wrong, empty where nothing is. */
    public static List<String> findings(byte[] pdf) {
        try (var parser =
                        Foundries.defaultInstance()
                                .createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFA_3_U);
                var validator =
                        Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_3_U, false)) {
            var result = validator.validate(parser);
            return result.isCompliant()
                    ? List.of()
                    : result.getTestAssertions().stream().map(Object::toString).toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
