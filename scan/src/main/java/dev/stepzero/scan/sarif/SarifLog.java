package dev.stepzero.scan.sarif;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A file in SARIF, read as it passes and never held: once for what its runs say of themselves, which may stand behind
 * their results, and once for the results.
 */
final class SarifLog {
    private static final long MOST_BYTES = 1L << 30;
    private static final int MOST_RUNS = 1_000;
    private static final int MOST_NODES = 1_000_000;
    private static final long MOST_CHARACTERS = 64L << 20;
    private static final int RESULT_NODES = 20_000;
    private static final long RESULT_CHARACTERS = 500_000;
    private static final String FIX = "have the tool write SARIF 2.1.0, and name that file";

    private final SarifInput input;

    SarifLog(SarifInput input) {
        this.input = input;
    }

    /** Takes one result. */
    interface Results {
        /**
         * A result.
         *
         * @param run the number of its run in the file, from 0
         * @param cut whether the result was so large that a part of it was passed over
         */
        void take(int run, JsonNode result, boolean cut) throws InterruptedException;
    }

    /** What the runs say of themselves. @throws UserError if the file cannot be read, is too large, or is no SARIF 2.1 */
    List<JsonNode> runs() throws InterruptedException {
        var parts = new Parts(MOST_NODES, MOST_CHARACTERS);
        var runs = new ArrayList<JsonNode>();
        var version = new String[] {""};
        read(new Reader() {
            @Override
            public void version(String text) {
                version[0] = text;
            }

            @Override
            public void run(JsonParser json) {
                runs.add(head(json, parts));
                if (runs.size() > MOST_RUNS || parts.isCut()) {
                    throw unreadable("it describes more runs, rules or files than are read")
                            .fix("have the tool write a file a run, or leave out what it did not find");
                }
            }
        });
        if (!version[0].startsWith("2.1.")) {
            throw unreadable(
                            version[0].isEmpty()
                                    ? "the file says no version of SARIF"
                                    : "it is SARIF '%s', and 2.1.0 is what is read"
                                            .formatted(Texts.cut(version[0], 20)))
                    .fix("have the tool write SARIF 2.1.0; compilers of .NET do with /errorlog:FILE,version=2.1");
        }
        return runs;
    }

    void results(Results results) throws InterruptedException {
        read(new Reader() {
            private int number;

            @Override
            public void version(String text) {
                // It was looked at before.
            }

            @Override
            public void run(JsonParser json) throws InterruptedException {
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    var name = json.currentName();
                    json.nextToken();
                    if (name.equals("results") && json.currentToken() == JsonToken.START_ARRAY) {
                        while (json.nextToken() != JsonToken.END_ARRAY) {
                            var parts = new Parts(RESULT_NODES, RESULT_CHARACTERS);
                            results.take(number, parts.read(json, ""), parts.isCut());
                        }
                    } else {
                        json.skipChildren();
                    }
                }
                number++;
            }
        });
    }

    private static JsonNode head(JsonParser json, Parts parts) {
        var head = JsonNodeFactory.instance.objectNode();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "tool",
                        "artifacts",
                        "originalUriBaseIds",
                        "taxonomies",
                        "threadFlowLocations",
                        "invocations",
                        "externalPropertyFileReferences" -> head.set(name, parts.read(json, name));
                default -> json.skipChildren();
            }
        }
        return head;
    }

    /** What is wanted of a document. */
    private interface Reader {
        void version(String text);

        /** A run; the parser stands at its beginning and is to be left at its end. */
        void run(JsonParser json) throws InterruptedException;
    }

    private void read(Reader reader) throws InterruptedException {
        try {
            if (Files.size(input.file()) > MOST_BYTES) {
                throw unreadable("it has %d MB, more than the %d that are read"
                                .formatted(Files.size(input.file()) >> 20, MOST_BYTES >> 20))
                        .fix("have the tool write a file a run, without the contents of files");
            }
            try (var bytes = Files.newInputStream(input.file());
                    var json = new JsonFactory().createParser(ObjectReadContext.empty(), bytes)) {
                document(json, reader);
            }
        } catch (StreamConstraintsException e) {
            throw unreadable("it holds what no tool writes: " + e.getOriginalMessage())
                    .because(e);
        } catch (JacksonException e) {
            // What goes wrong with the file itself comes wrapped.
            throw e.getCause() instanceof IOException problem ? unreadable(problem) : malformed(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void document(JsonParser json, Reader reader) throws InterruptedException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw unreadable("the file is no SARIF: it holds no object");
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            json.nextToken();
            if (name.equals("version") && json.currentToken() == JsonToken.VALUE_STRING) {
                reader.version(json.getString());
            } else if (name.equals("runs") && json.currentToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    if (json.currentToken() != JsonToken.START_OBJECT) {
                        throw unreadable("the file is no SARIF: a run is no object");
                    }
                    reader.run(json);
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private UserError unreadable(IOException problem) {
        var what = problem instanceof NoSuchFileException
                ? "there is no such file"
                : "the file cannot be read: " + problem.getMessage();
        return unreadable(what).because(problem);
    }

    private UserError malformed(JacksonException problem) {
        var line = problem.getLocation() == null ? -1 : problem.getLocation().getLineNr();
        return UserError.unreadable("the file is no valid JSON; perhaps its tool did not come to its end")
                .at(line > 0 ? input.name() + ":" + line : input.name())
                .fix(FIX)
                .because(problem);
    }

    private UserError unreadable(String what) {
        return UserError.unreadable(what).at(input.name()).fix(FIX);
    }
}
