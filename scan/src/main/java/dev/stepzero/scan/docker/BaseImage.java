package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a FROM names.
 *
 * @param alias the name of the stage
 * @param from the earlier stage that it goes on from
 */
record BaseImage(Value reference, Optional<String> alias, Value platform, Optional<Stage> from) {
    static BaseImage of(Statement statement, char escape, Variables global, List<Stage> earlier) {
        var words = Words.split(statement.arguments().text(), escape);
        var reference =
                words.isEmpty() ? Value.ABSENT : Expansion.of(words.getFirst().text(), escape, global);
        var alias = Optional.<String>empty();
        if (words.size() > 2 && words.get(1).text().equalsIgnoreCase("as")) {
            alias = Optional.of(Words.unquote(words.get(2).text(), escape).toLowerCase(Locale.ROOT));
        }
        var platform = statement
                .flag("platform")
                .map(text -> Expansion.of(text, escape, global))
                .orElse(Value.ABSENT);
        return new BaseImage(reference, alias, platform, stage(reference, earlier));
    }

    private static Optional<Stage> stage(Value reference, List<Stage> earlier) {
        return reference instanceof Value.Text text ? named(text.value(), earlier) : Optional.empty();
    }

    /** The latest of the stages with a name. */
    static Optional<Stage> named(String name, List<Stage> earlier) {
        var wanted = name.toLowerCase(Locale.ROOT);
        for (int i = earlier.size() - 1; i >= 0; i--) {
            if (wanted.equals(earlier.get(i).alias)) {
                return Optional.of(earlier.get(i));
            }
        }
        return Optional.empty();
    }

    Value.Mapping attributes(Position position) {
        boolean scratch = reference.equals(Value.of("scratch"));
        var attributes = new Attributes(position)
                .put("text", reference)
                .put("from_stage", from.isPresent())
                .put("scratch", scratch)
                .put("platform", platform)
                .put("alias", alias);
        if (from.isEmpty()) {
            var name = ImageName.of(reference);
            attributes
                    .put("registry", name.registry())
                    .put("image", name.image())
                    .put("tag", name.tag())
                    .put("digest", name.digest());
        } else {
            attributes.put("image", reference);
        }
        return attributes.build();
    }
}
