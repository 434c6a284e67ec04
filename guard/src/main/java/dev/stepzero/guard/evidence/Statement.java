package dev.stepzero.guard.evidence;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What somebody says about one or more artifacts: an in-toto Statement v1.
 *
 * @param subjects what it is about; at least one
 * @param predicateType what kind of thing is said, as a URI
 * @param predicate what is said: a JSON object
 */
public record Statement(List<Artifact> subjects, String predicateType, JsonNode predicate) {

    public Statement {
        subjects = List.copyOf(subjects);
    }

    /**
     * An artifact, identified by its digests alone.
     *
     * @param name what people call it; may be empty
     * @param digests by algorithm, such as {@code sha256} or {@code gitCommit}, in hexadecimal digits; at least one
     */
    public record Artifact(String name, Map<String, String> digests) {
        public Artifact {
            digests = Map.copyOf(digests);
        }
    }

    /** Whether the statement is about this subject, written {@code sha256:<hex>} or {@code gitCommit:<hex>}. */
    public boolean isAbout(String subject) {
        var wanted = SubjectDigest.parse(subject);
        return subjects.stream()
                .anyMatch(artifact -> wanted.hex().equals(artifact.digests().get(wanted.algorithm())));
    }
}
