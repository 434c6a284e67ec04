package dev.stepzero.scan.yaml;

import dev.stepzero.core.resource.Position;
import java.util.List;

/** A text that is no YAML or JSON, at least in parts. The message says what is wrong. */
public final class MalformedYaml extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Position position;
    private final transient List<Document> documents;

    MalformedYaml(String message, Position position, List<Document> documents) {
        super(message);
        this.position = position;
        this.documents = List.copyOf(documents);
    }

    /** Where the first mistake is. */
    public Position position() {
        return position;
    }

    /** The documents of the file that could be read all the same, in their order. */
    public List<Document> documents() {
        return documents;
    }

    MalformedYaml with(List<Document> others) {
        return new MalformedYaml(String.valueOf(getMessage()), position, others);
    }
}
