package com.comptappart.invoice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The XML of a document as it is read back, by the names of its elements without their prefix. */
public final class FacturX {

    private final Element root;

    private FacturX(Element root) {
        this.root = root;
    }

    /**
     * @throws IllegalArgumentException where it is no XML
     */
    public static FacturX read(byte[] xml) {
        try {
            return new FacturX(reader().parse(new ByteArrayInputStream(xml)).getDocumentElement());
        } catch (SAXException e) {
            throw new IllegalArgumentException("the XML of the document can't be read", e);
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It is our own, and still nothing outside of it is ever read. */
    private static DocumentBuilder reader() throws ParserConfigurationException {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setXIncludeAware(false);
        var reader = factory.newDocumentBuilder();
        reader.setErrorHandler(null);
        return reader;
    }

    /** One element a line, two spaces deeper each time. */
    public String pretty() {
        try {
            var factory = TransformerFactory.newInstance();
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "");
            var writer = factory.newTransformer();
            writer.setOutputProperty(OutputKeys.INDENT, "yes");
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            writer.setOutputProperty("{http://xml.apache.org/xslt}indent-amount", "2");
            var text = new StringWriter();
            writer.transform(new DOMSource(root), new StreamResult(text));
            return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text;
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return root.getLocalName();
    }

    /** All elements at that path below this one, such as {@code ExchangedDocument/ID}. */
    List<FacturX> all(String path) {
        List<FacturX> found = List.of(this);
        for (String name : path.split("/")) {
            List<FacturX> below = new ArrayList<>();
            for (FacturX each : found) {
                each.children(name, below);
            }
            found = below;
        }
        return found;
    }

    private void children(String name, List<FacturX> into) {
        for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name.equals(element.getLocalName())) {
                into.add(new FacturX(element));
            }
        }
    }

    /** The text of the first; empty where there is none. */
    String text(String path) {
        var found = all(path);
        return found.isEmpty() ? "" : found.getFirst().root.getTextContent().strip();
    }

    /**
     * @throws NumberFormatException where there is no number
     */
    BigDecimal amount(String path) {
        return new BigDecimal(text(path));
    }

    /** Of all of them. */
    BigDecimal sum(String path) {
        return all(path).stream()
                .map(each -> new BigDecimal(each.root.getTextContent().strip()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Empty where there is none. */
    String attribute(String name) {
        return root.getAttribute(name);
    }

    String text() {
        return root.getTextContent().strip();
    }
}
