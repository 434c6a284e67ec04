package dev.stepzero.scan.yaml;

import dev.stepzero.core.resource.Position;
import dev.stepzero.scan.tree.TreeFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads YAML, and JSON, into values of which each knows its lines. Nothing in a document is ever constructed or run. */
public final class LocatedYaml {
    /** A file with more broken documents than this is not read to its end. */
    private static final int MOST_BROKEN = 20;

    private LocatedYaml() {}

    /** As {@link #read(String, String, TagReader, Dialect)}, in the dialect of Kubernetes and CloudFormation. */
    public static List<Document> read(String file, String text, TagReader tags) throws MalformedYaml {
        return read(file, text, tags, Dialect.YAML_1_1);
    }

    /**
     * Reads all documents of a file; one that holds nothing at all is left out.
     *
     * @param file the path for the positions
     * @throws MalformedYaml if a document is broken, nested too deeply or unfolds too far; it has the documents that are
     *     whole, before the broken one and after it
     */
    public static List<Document> read(String file, String text, TagReader tags, Dialect dialect) throws MalformedYaml {
        if (JsonComposer.looksLikeJson(text)) {
            var json = JsonComposer.read(file, text);
            if (json.isPresent()) {
                return List.of(json.get());
            }
        }
        return new Reading(file, text, tags, dialect).all();
    }

    private static final class Reading {
        private final String file;
        private final String text;
        private final TagReader tags;
        private final Dialect dialect;
        private final LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit((int) TreeFile.MOST_BYTES)
                .build();
        private final List<Document> documents = new ArrayList<>();
        private int offset;
        private int linesBefore;
        private int documentLine;

        Reading(String file, String text, TagReader tags, Dialect dialect) {
            this.file = file;
            this.text = text;
            this.tags = tags;
            this.dialect = dialect;
        }

        List<Document> all() throws MalformedYaml {
            @Nullable MalformedYaml first = null;
            for (int broken = 0; broken <= MOST_BROKEN; broken++) {
                try {
                    toTheEnd();
                    break;
                } catch (MalformedYaml e) {
                    first = first == null ? e : first;
                    if (!skipTo(Math.max(documentLine + 1, e.position().line()))) {
                        break;
                    }
                }
            }
            if (first != null) {
                throw first.with(documents);
            }
            return documents;
        }

        private void toTheEnd() throws MalformedYaml {
            documentLine = linesBefore + 1;
            try {
                var events = new ParserImpl(settings, new StreamReader(settings, text.substring(offset)));
                while (events.hasNext()) {
                    var event = events.next();
                    if (event.getEventId() == Event.ID.DocumentStart) {
                        documentLine = linesBefore + line(event) + 1;
                        var empty = isEmpty(events.peekEvent());
                        var document = new YamlComposer(events, file, linesBefore, tags, dialect).document();
                        if (!empty) {
                            documents.add(document);
                        }
                    }
                }
            } catch (MarkedYamlEngineException e) {
                int line = e.getProblemMark()
                        .or(e::getContextMark)
                        .map(Mark::getLine)
                        .orElse(0);
                throw malformed(String.valueOf(e.getProblem()), linesBefore + line + 1);
            } catch (RuntimeException e) {
                // The scanner lets through what its own checks miss, such as an escape for a character that there is
                // not.
                throw malformed(firstLine(e), documentLine);
            }
        }

        private static boolean isEmpty(Event event) {
            return event instanceof ScalarEvent scalar
                    && scalar.isPlain()
                    && scalar.getValue().isEmpty();
        }

        private static int line(Event event) {
            return event.getStartMark().map(Mark::getLine).orElse(0);
        }

        private MalformedYaml malformed(String problem, int line) {
            return new MalformedYaml("it is no valid YAML: " + problem, new Position(file, line, 1, line), List.of());
        }

        private static String firstLine(RuntimeException e) {
            var message = String.valueOf(e.getMessage());
            int end = message.indexOf('\n');
            return end < 0 ? message : message.substring(0, end);
        }

        /** Goes to the first line that begins a document, not before the one given. */
        private boolean skipTo(int line) {
            int at = offset;
            int number = linesBefore + 1;
            while (at >= 0 && at < text.length()) {
                if (number >= line && at > offset && text.startsWith("---", at)) {
                    offset = at;
                    linesBefore = number - 1;
                    return true;
                }
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end + 1;
                number++;
            }
            return false;
        }
    }
}
