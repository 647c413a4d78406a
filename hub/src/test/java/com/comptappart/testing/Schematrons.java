package com.comptappart.testing;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.Templates;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import net.sf.saxon.TransformerFactoryImpl;
import org.xml.sax.SAXException;

/**
 * The XSD of Factur-X's profile EN 16931 and three schematrons, compiled once: CEN's, Factur-X's
 * and the French rules, as the validator brings them. Some 30 ms a document.
 */
public final class Schematrons {

    private static final List<String> STYLESHEETS =
            List.of(
                    "xslt/en16931schematron/EN16931-CII-validation.xslt",
                    "xslt/ZF_250/FACTUR-X_EN16931.xslt",
                    "xslt/XP_Z12_012/20260216_BR-FR-Flux2-Schematron-CII_V1.3.0.xsl");
    private static final Pattern FAILED =
            Pattern.compile("<svrl:failed-assert.*?</svrl:failed-assert>", Pattern.DOTALL);
    private static final Schematrons ONLY = new Schematrons();

    private final List<Templates> compiled = new ArrayList<>();
    private final Schema schema;

    private Schematrons() {
        TransformerFactory factory = new TransformerFactoryImpl();
        // Factur-X's rules read their code lists while they run.
        factory.setURIResolver(
                (name, _) -> new StreamSource(resource("xslt/ZF_250/" + name).toExternalForm()));
        try {
            for (String name : STYLESHEETS) {
                compiled.add(
                        factory.newTemplates(new StreamSource(resource(name).toExternalForm())));
            }
            schema =
                    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                            .newSchema(resource("schema/ZF_250/EN16931/FACTUR-X_EN16931.xsd"));
        } catch (TransformerException | SAXException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL resource(String name) {
        var url = Schematrons.class.getClassLoader().getResource(name);
        if (url == null) {
            throw new IllegalStateException("the validator has no " + name + " any more");
        }
        return url;
    }

    /** What the rules find, warnings too. */
    public static List<String> findings(byte[] xml) {
        return ONLY.all(xml);
    }

    private List<String> all(byte[] xml) {
        var findings = new ArrayList<String>();
        try {
            schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
            for (Templates rules : compiled) {
                var report = new StringWriter();
                rules.newTransformer()
                        .transform(
                                new StreamSource(new ByteArrayInputStream(xml)),
                                new StreamResult(report));
                var failed = FAILED.matcher(report.toString());
                while (failed.find()) {
                    findings.add(
                            failed.group()
                                    .replaceAll("<[^>]*>", " ")
                                    .replaceAll("\\s+", " ")
                                    .strip());
                }
            }
        } catch (SAXException | TransformerException e) {
            findings.add(String.valueOf(e.getMessage()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return findings;
    }

    /** For the proof that they bite. */
    public static List<String> findings(String xml) {
        return findings(xml.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
