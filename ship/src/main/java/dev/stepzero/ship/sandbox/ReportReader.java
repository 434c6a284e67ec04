package dev.stepzero.ship.sandbox;

import dev.stepzero.ship.sandbox.ReportTally.Outcome;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads one report as a stream, without document types, entities of its own or deep nesting. */
final class ReportReader {
    private static final int DEEPEST = 64;
    private static final int LONGEST_TEXT = 1000;
    private static final int LONGEST_TRACE = 16 * 1024;
    private static final int TRACE_LINES = 20;
    private static final double LONGEST_CASE_SECONDS = 366 * 24 * 3600.0;

    private final XMLStreamReader reader;
    private final ReportTally tally;

    private ReportReader(XMLStreamReader reader, ReportTally tally) {
        this.reader = reader;
        this.tally = tally;
    }

    /** Adds a report to the tally, up to where it breaks; nothing when the XML is something else. */
    static void read(InputStream stream, ReportTally tally, String file) {
        try {
            var reader = factory().createXMLStreamReader(stream);
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw new XMLStreamException("a document type is not allowed");
                }
            }
            var root = reader.getLocalName();
            if (root.equals("testsuite") || root.equals("testsuites")) {
                tally.file();
                new ReportReader(reader, tally).suite(attribute(reader, "name"), 1);
            }
        } catch (XMLStreamException e) {
            tally.problem(file, "not well-formed: " + oneLine(String.valueOf(e.getMessage())));
        }
    }

    private void suite(String name, int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw new XMLStreamException("suites are nested more than " + DEEPEST + " deep");
        }
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            if (reader.getEventType() == XMLStreamConstants.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "testsuite" -> suite(attribute(reader, "name"), depth + 1);
                    case "testcase" -> testCase(name);
                    default -> skip();
                }
            }
        }
    }

    private void testCase(String suite) throws XMLStreamException {
        var type = attribute(reader, "classname");
        var name = oneLine(attribute(reader, "name"));
        var time = duration(attribute(reader, "time"));
        var outcome = Outcome.PASSED;
        var message = "";
        List<String> trace = List.of();
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            if (reader.getEventType() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            var verdict = verdict(reader.getLocalName());
            if (verdict.isEmpty()) {
                skip();
                continue;
            }
            // A case may carry a failure and an error of its tear-down; the first one counts.
            boolean first = outcome == Outcome.PASSED;
            var said = attribute(reader, "message");
            var text = text();
            if (first) {
                outcome = verdict.get();
                trace = text.lines()
                        .map(ReportReader::oneLine)
                        .filter(line -> !line.isBlank())
                        .limit(TRACE_LINES)
                        .toList();
                message = said.isBlank() && !trace.isEmpty() ? trace.getFirst() : oneLine(said);
            }
        }
        var where = oneLine(type.isBlank() ? suite : type);
        tally.add(outcome, time, new TestReport.FailedCase(where, name, message, trace));
    }

    private static Optional<Outcome> verdict(String element) {
        return switch (element) {
            case "failure" -> Optional.of(Outcome.FAILED);
            case "error" -> Optional.of(Outcome.BROKEN);
            case "skipped" -> Optional.of(Outcome.SKIPPED);
            default -> Optional.empty();
        };
    }

    /** The text of the current element and all in it, to a limit. */
    private String text() throws XMLStreamException {
        var text = new StringBuilder();
        for (int depth = 1; depth > 0; ) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    var more = reader.getText();
                    text.append(more, 0, Math.min(more.length(), LONGEST_TRACE - text.length()));
                }
                default -> {}
            }
        }
        return text.toString();
    }

    private void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {}
            }
        }
    }

    private static String attribute(XMLStreamReader reader, String name) {
        return Optional.ofNullable(reader.getAttributeValue(null, name)).orElse("");
    }

    private static String oneLine(String text) {
        var line = text.lines().filter(each -> !each.isBlank()).findFirst().orElse("");
        return Lines.clean(line.substring(0, Math.min(line.length(), LONGEST_TEXT)));
    }

    /** Seconds, which some writers group by thousands; what makes no sense is no time. */
    private static Duration duration(String seconds) {
        try {
            double value = Double.parseDouble(seconds.replace(",", ""));
            return value > 0 && value < LONGEST_CASE_SECONDS ? Duration.ofNanos((long) (value * 1e9)) : Duration.ZERO;
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }
}
