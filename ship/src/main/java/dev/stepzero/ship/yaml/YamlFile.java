package dev.stepzero.ship.yaml;

import dev.stepzero.core.UserError;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** A YAML document checked against a {@link Shape}. */
public final class YamlFile {
    private static final int MOST_CHARACTERS = 1_000_000;

    private YamlFile() {}

    /**
     * Reads one document. Unknown and repeated keys, wrong types, tags, aliases and more than one document are refused.
     *
     * @param name how errors call the file
     * @return the document; empty when there is nothing in it but comments
     * @throws UserError with file, line and what to write instead
     */
    public static Optional<YamlValue.Mapping> read(String name, String content, Shape.Keys shape) {
        if (content.length() > MOST_CHARACTERS) {
            throw UserError.unreadable("the file is larger than a megabyte").at(name);
        }
        return compose(name, content).map(node -> new ShapeCheck(name).mapping(node, shape, ""));
    }

    private static Optional<Node> compose(String name, String content) {
        var settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(true)
                .setAllowNonScalarKeys(true)
                .setCodePointLimit(MOST_CHARACTERS)
                .build();
        try {
            return new EventCheck(name).refuseIn(new Parse(settings).parseString(content))
                    ? new Compose(settings).composeString(content)
                    : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            var line =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw invalid(String.valueOf(e.getProblem()), name + line, e);
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()), name, e);
        }
    }

    private static UserError invalid(String problem, String place, RuntimeException e) {
        return UserError.unreadable("not valid YAML: " + Quoted.shown(problem))
                .at(place)
                .fix("mend the line; https://yaml.org/spec/1.2.2 tells the rules")
                .because(e);
    }
}
