package dev.stepzero.ship.forge.webhook;

import dev.stepzero.core.UserError;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import tools.jackson.databind.JsonNode;

/** A place in a delivery's JSON, which may be absent until its content is asked for. */
record Field(JsonNode node, String path) {
    private static final int LONGEST = 1000;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern REPOSITORY = Pattern.compile("[\\w.~-]+(/[\\w.~-]+){0,20}");
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\p{Cf}\\p{Cs}\\x{2028}\\x{2029}]");

    Field at(String name) {
        return new Field(node.path(name), path.isEmpty() ? name : path + "." + name);
    }

    /** The elements of an array; none if it is absent or null. */
    Stream<Field> elements() {
        return node.isArray()
                ? java.util.stream.IntStream.range(0, node.size())
                        .mapToObj(i -> new Field(node.path(i), path + "[" + i + "]"))
                : Stream.of();
    }

    boolean isThere() {
        return !node.isMissingNode() && !node.isNull();
    }

    boolean isTrue() {
        return node.isBoolean() && node.booleanValue();
    }

    /** A text without characters that steer a terminal or hide something; empty if there is none. */
    String textOrEmpty() {
        var text = node.isString() ? node.stringValue() : "";
        return UNPRINTABLE
                .matcher(text.substring(0, Math.min(text.length(), LONGEST)))
                .replaceAll("?");
    }

    /** The same where it must be. */
    String text() {
        return Optional.of(textOrEmpty()).filter(text -> !text.isBlank()).orElseThrow(() -> odd("a text"));
    }

    /** A commit's full id, or zeros. */
    String commit() {
        return matching(COMMIT, "a commit's id");
    }

    /** The same, or empty if there is none. */
    String commitOrEmpty() {
        return textOrEmpty().isEmpty() ? "" : commit();
    }

    /** A repository's full name. */
    String repository() {
        var name = matching(REPOSITORY, "a repository's name");
        if (Stream.of(name.split("/")).anyMatch(part -> part.equals(".") || part.equals(".."))) {
            throw odd("a repository's name");
        }
        return name;
    }

    /** A short branch name that git allows. */
    String branch() {
        return ref("refs/heads/" + text()).substring("refs/heads/".length());
    }

    /** A full ref that git allows. */
    String ref() {
        return ref(text());
    }

    private String ref(String name) {
        if (!name.startsWith("refs/") || !Repository.isValidRefName(name) || name.length() >= LONGEST) {
            throw odd("a ref");
        }
        return name;
    }

    /** A whole number above zero. */
    long number() {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() <= 0) {
            throw odd("a number above zero");
        }
        return node.longValue();
    }

    /** A number or a text that tells one thing from others at the forge; empty if there is none. */
    Optional<String> identity() {
        return isThere() && node.isValueNode()
                ? Optional.of(node.asString()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    String matching(Pattern pattern, String what) {
        return Optional.of(textOrEmpty())
                .filter(text -> text.length() < LONGEST && pattern.matcher(text).matches())
                .orElseThrow(() -> odd(what));
    }

    UserError odd(String expected) {
        return UserError.unreadable("the delivery has no " + path + " that is " + expected)
                .at(path)
                .fix("see in the forge's list of deliveries what it sent");
    }
}
