package dev.stepzero.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The texts of the rules that come with Stepzero, as their authors wrote them. */
public final class RuleText {
    static final String DIRECTORY = "texts";

    private RuleText() {}

    /** A rule file's text. */
    public static Optional<String> of(String id) {
        if (!id.matches("[a-z0-9-]+")) {
            return Optional.empty();
        }
        try (var stream = RuleText.class.getResourceAsStream(DIRECTORY + "/" + id + ".yaml")) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A rule's conditions in CEL, each with the kinds that it is about. */
    public static List<String> conditions(String id, String text) {
        var file = RuleYaml.parse(id, text);
        var conditions = new ArrayList<String>();
        for (var look : file.maps("resources")) {
            var condition = look.optional("fails_if")
                    .or(() -> file.optional("fails_if"))
                    .orElse("");
            conditions.add(String.join(", ", look.texts("kind")) + ": "
                    + look.optional("each").map(each -> each + ", ").orElse("")
                    + look.optional("applies_if")
                            .map(applies -> "(" + applies.strip() + ") && ")
                            .orElse("")
                    + condition.strip());
        }
        return conditions;
    }

    /** The first bad and the first good example of the first format, in this order; empty where there is none. */
    public static List<String> examples(String id, String text) {
        var file = RuleYaml.parse(id, text);
        var found = new ArrayList<String>();
        file.map("examples")
                .ifPresent(examples -> examples.keys().stream().limit(1).forEach(format -> {
                    var of = examples.map(format).orElseThrow();
                    found.addAll(of.texts("bad").stream().limit(1).toList());
                    found.addAll(of.texts("good").stream().limit(1).toList());
                }));
        return found;
    }
}
