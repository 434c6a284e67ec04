package dev.stepzero.ship.sandbox;

import dev.stepzero.ship.sandbox.TestResults.FailedTest;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One report. The cases are counted rather than the attributes of the suites believed, which differ between tools; a
 * case that Surefire repeated until it passed has {@code flakyFailure} elements and counts as passed.
 */
final class JUnitReport {
    private static final int MOST_FAILURES = 100;
    private static final int MOST_DEPTH = 100;
    private static final int TRACE_LINES = 12;
    private static final int LONGEST = 500;
    private static final BigDecimal LONGEST_SECONDS = new BigDecimal(1_000_000);

    private final List<FailedTest> failures = new ArrayList<>();
    private int tests;
    private int failed;
    private int skipped;
    private Duration duration = Duration.ZERO;

    TestResults read(InputStream in) throws MalformedReport {
        try {
            var reader = factory().createXMLStreamReader(in);
            requireSuite(reader);
            var depth = 1;
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++depth > MOST_DEPTH) {
                            throw new MalformedReport("it is nested too deeply");
                        }
                        if (reader.getLocalName().equals("testcase")) {
                            testCase(reader);
                            depth--;
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    default -> {}
                }
            }
            return new TestResults(tests, failed, skipped, duration, failures, List.of());
        } catch (XMLStreamException | RuntimeException e) {
            // The parser of the JDK lets RuntimeExceptions out for some malformed input.
            throw new MalformedReport(String.valueOf(e.getMessage()), e);
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    private static void requireSuite(XMLStreamReader reader) throws XMLStreamException, MalformedReport {
        while (reader.hasNext() && reader.next() != XMLStreamConstants.START_ELEMENT) {
            if (reader.getEventType() == XMLStreamConstants.DTD) {
                throw new MalformedReport("it has a document type, which no test report needs");
            }
        }
        if (!reader.isStartElement() || !reader.getLocalName().startsWith("testsuite")) {
            throw new MalformedReport("it is no JUnit report");
        }
    }

    private void testCase(XMLStreamReader reader) throws XMLStreamException {
        tests++;
        var name = name(reader);
        duration = duration.plus(seconds(reader.getAttributeValue(null, "time")));
        Optional<FailedTest> failure = Optional.empty();
        var skip = false;
        for (var depth = 1; depth > 0; ) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    var element = reader.getLocalName();
                    if (depth == 1 && (element.equals("failure") || element.equals("error"))) {
                        failure = failure.or(() -> Optional.of(failure(reader, name)));
                        depth += reader.isEndElement() ? 0 : 1;
                    } else {
                        skip |= depth == 1 && element.equals("skipped");
                        depth++;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.END_DOCUMENT -> throw new XMLStreamException("it ends in the middle");
                default -> {}
            }
        }
        skipped += skip ? 1 : 0;
        if (failure.isPresent()) {
            failed++;
            if (failures.size() < MOST_FAILURES) {
                failures.add(failure.get());
            }
        }
    }

    /** Reads a failure with its text; stands on its end afterwards. */
    private static FailedTest failure(XMLStreamReader reader, String name) {
        var message = reader.getAttributeValue(null, "message");
        var text = new StringBuilder();
        try {
            while (reader.hasNext() && reader.next() != XMLStreamConstants.END_ELEMENT) {
                if (reader.hasText() && text.length() < LONGEST * TRACE_LINES) {
                    text.append(reader.getText());
                }
            }
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        var lines = text.toString().lines().map(JUnitReport::shortened).toList();
        var what = message != null && !message.isBlank() ? message : lines.isEmpty() ? "" : lines.getFirst();
        return new FailedTest(
                name,
                shortened(what.replaceAll("\\s+", " ").strip()),
                lines.stream().limit(TRACE_LINES).toList());
    }

    private static String name(XMLStreamReader reader) {
        var method = reader.getAttributeValue(null, "name");
        var type = reader.getAttributeValue(null, "classname");
        return shortened(type == null || type.isBlank() ? String.valueOf(method) : type + "." + method);
    }

    /** Surefire groups thousands with commas. */
    private static Duration seconds(String time) {
        if (time == null) {
            return Duration.ZERO;
        }
        var plain = time.replace(",", "");
        if (!plain.matches("[0-9]{1,9}(\\.[0-9]{1,12})?")) {
            return Duration.ZERO;
        }
        var seconds = new BigDecimal(plain).min(LONGEST_SECONDS);
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }
}
