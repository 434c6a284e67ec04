package dev.stepzero.ship.yaml;

import dev.stepzero.core.UserError;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** A YAML document checked against a {@link Shape}. */
public final class YamlFile {
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final int MOST_ALIASES = 0;
    private static final int MOST_DEPTH = 50;

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
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(MOST_CHARACTERS)
                .build();
        try {
            var root = new Compose(settings).composeString(content);
            root.ifPresent(node -> refuseDepth(name, node, 0));
            return root;
        } catch (MarkedYamlEngineException e) {
            var line =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw UserError.unreadable("not valid YAML: " + e.getProblem())
                    .at(name + line)
                    .because(e);
        } catch (YamlEngineException e) {
            throw UserError.unreadable("not valid YAML: " + e.getMessage())
                    .at(name)
                    .because(e);
        } catch (StackOverflowError e) {
            throw UserError.unreadable("the file is nested too deeply").at(name);
        }
    }

    private static void refuseDepth(String name, Node node, int depth) {
        if (depth > MOST_DEPTH) {
            throw UserError.unreadable("the file is nested too deeply").at(ShapeCheck.place(name, node));
        }
        ShapeCheck.children(node).forEach(child -> refuseDepth(name, child, depth + 1));
    }
}
