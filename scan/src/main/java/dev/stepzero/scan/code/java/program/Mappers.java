package dev.stepzero.scan.code.java.program;

import dev.stepzero.scan.packages.document.Element;
import dev.stepzero.scan.packages.document.MalformedXml;
import dev.stepzero.scan.packages.document.XmlText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The statements that MyBatis's mapper documents hold for the methods of the program's interfaces. */
public final class Mappers {
    private static final String ROOT = "mapper";
    private static final int MOST_ELEMENTS = 10_000;
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");

    /** What has an id, by {@code namespace.id}: statements, and fragments of such. */
    private final Map<String, Element> written = new LinkedHashMap<>();

    private final Map<String, Statement> statements = new HashMap<>();

    /**
     * A statement.
     *
     * @param text all that it is put together from, in no order
     * @param names what each name stands for that the document gives to something else; nothing for a fixed text
     */
    public record Statement(String text, Map<String, Set<String>> names) {}

    private Mappers() {}

    /** Reads a program's; what cannot be read is taken down and left out. */
    public static Mappers of(Program program) {
        var mappers = new Mappers();
        for (var name : program.documents()) {
            try {
                var bytes = program.document(name);
                // Most documents are none of MyBatis's.
                if (new String(bytes, StandardCharsets.ISO_8859_1).contains("<" + ROOT)) {
                    mappers.add(XmlText.read(bytes));
                }
            } catch (IOException | MalformedXml e) {
                program.skip(name, "its statements cannot be read: " + e.getMessage());
            }
        }
        return mappers;
    }

    private void add(Element root) {
        var namespace = root.attribute("namespace");
        if (root.name().equals(ROOT) && !namespace.isEmpty()) {
            for (var each : root.children()) {
                if (!each.attribute("id").isEmpty()) {
                    written.putIfAbsent(namespace + "." + each.attribute("id"), each);
                }
            }
        }
    }

    /** The statement of a method; empty where no document has one. */
    public Optional<Statement> of(Method method) {
        var key = method.owner().name().replace('/', '.') + "." + method.name();
        var element = Optional.ofNullable(written.get(key));
        return element.map(each -> statements.computeIfAbsent(key, one -> {
            var reading = new Reading(key.substring(0, key.lastIndexOf('.')));
            reading.read(each);
            return new Statement(reading.text.toString(), reading.names);
        }));
    }

    /** One statement while it is put together; what includes itself is read once. */
    private final class Reading {
        private final String namespace;
        private final StringBuilder text = new StringBuilder();
        private final Map<String, Set<String>> names = new HashMap<>();
        private final Set<Element> included = new HashSet<>();
        private int elements;

        Reading(String namespace) {
            this.namespace = namespace;
        }

        void read(Element element) {
            if (++elements > MOST_ELEMENTS) {
                return;
            }
            text.append(' ').append(element.text());
            switch (element.name()) {
                case "include" -> include(element.attribute("refid"));
                case "bind" -> name(element.attribute("name"), element.attribute("value"));
                case "foreach" -> {
                    name(element.attribute("item"), element.attribute("collection"));
                    name(element.attribute("index"), element.attribute("collection"));
                }
                case "property" -> {
                    names.putIfAbsent(element.attribute("name"), Set.of());
                    text.append(' ').append(element.attribute("value"));
                }
                default -> {}
            }
            element.children().forEach(this::read);
        }

        private void include(String id) {
            var fragment = written.getOrDefault(namespace + "." + id, written.get(id));
            if (fragment != null && included.add(fragment)) {
                read(fragment);
            }
        }

        private void name(String name, String of) {
            var all = names.computeIfAbsent(name, each -> new HashSet<>());
            WORD.matcher(of).results().forEach(word -> all.add(word.group()));
        }
    }
}
