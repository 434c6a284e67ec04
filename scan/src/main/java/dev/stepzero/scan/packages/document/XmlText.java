package dev.stepzero.scan.packages.document;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML without what XML can do harm with: no document type is read, so entities are neither fetched nor unfolded. An
 * entity that XML itself does not know, such as {@code oacute} in the name of somebody, is left out.
 */
public final class XmlText {
    private static final int DEEPEST = 100;
    private static final int MOST_ELEMENTS = 1_000_000;

    private final XMLStreamReader reader;
    private final Deque<Open> open = new ArrayDeque<>();
    private int elements;

    /** An element of which the end is still to come. */
    private record Open(
            String name, Map<String, String> attributes, StringBuilder text, List<Element> children, int line) {
        Element closed() {
            return new Element(name, attributes, text.toString().strip(), children, line);
        }
    }

    private XmlText(XMLStreamReader reader) {
        this.reader = reader;
    }

    /** The root of a document in the encoding that it names. @throws MalformedXml if it is broken or nested too deeply */
    public static Element read(byte[] document) throws MalformedXml {
        try {
            return new XmlText(factory().createXMLStreamReader(new ByteArrayInputStream(document))).root();
        } catch (XMLStreamException e) {
            var place = e.getLocation();
            throw new MalformedXml(shortened(String.valueOf(e.getMessage())), place == null ? 1 : line(place));
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    private Element root() throws XMLStreamException, MalformedXml {
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> begin();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text();
                case XMLStreamConstants.END_ELEMENT -> {
                    var element = open.pop().closed();
                    if (open.isEmpty()) {
                        return element;
                    }
                    open.peek().children().add(element);
                }
                default -> {}
            }
        }
        throw new MalformedXml("it has no element", 1);
    }

    private void begin() throws MalformedXml {
        int line = line(reader.getLocation());
        if (open.size() >= DEEPEST) {
            throw new MalformedXml("it is nested deeper than " + DEEPEST + " levels", line);
        }
        elements++;
        if (elements > MOST_ELEMENTS) {
            throw new MalformedXml("it has more than " + MOST_ELEMENTS + " elements", line);
        }
        var attributes = new LinkedHashMap<String, String>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.putIfAbsent(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        open.push(new Open(reader.getLocalName(), attributes, new StringBuilder(), new ArrayList<>(), line));
    }

    private void text() {
        if (!open.isEmpty()) {
            open.peek().text().append(reader.getText());
        }
    }

    /** The line on which the tag ends, which for nearly all tags is the one on which it begins. */
    private static int line(Location location) {
        return Math.max(1, location.getLineNumber());
    }

    /** The parser says the place again, and on several lines. */
    private static String shortened(String message) {
        int at = message.indexOf("Message: ");
        var first = (at < 0 ? message : message.substring(at + "Message: ".length()))
                .lines()
                .findFirst()
                .orElse("");
        return first.length() <= 200 ? first : first.substring(0, 200) + "...";
    }
}
