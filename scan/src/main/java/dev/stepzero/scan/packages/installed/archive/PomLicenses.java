package dev.stepzero.scan.packages.installed.archive;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** The licences that a POM names itself; those of its parent are not at hand. */
final class PomLicenses {
    private static final int LONGEST = 200;

    private PomLicenses() {}

    /** The names of the licences; none where the POM is broken. */
    static List<String> read(String pom) {
        if (!pom.contains("<licenses>")) {
            return List.of();
        }
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        var names = new ArrayList<String>();
        var path = new ArrayList<String>();
        try {
            var xml = factory.createXMLStreamReader(new StringReader(pom));
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> path.add(xml.getLocalName());
                    case XMLStreamConstants.END_ELEMENT -> path.removeLast();
                    case XMLStreamConstants.CHARACTERS -> {
                        var text = xml.getText().strip();
                        if (path.equals(List.of("project", "licenses", "license", "name")) && !text.isEmpty()) {
                            names.add(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
                        }
                    }
                    default -> {}
                }
            }
            return names;
        } catch (XMLStreamException e) {
            return names;
        }
    }
}
