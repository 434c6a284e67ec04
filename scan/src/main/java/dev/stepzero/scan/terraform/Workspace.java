package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.functions.Functions;
import dev.stepzero.scan.terraform.hcl.Body;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** All modules of a tree, and what lies beside them. Safe for use by several threads. */
final class Workspace {
    private final Map<String, Module> modules;
    private final SourceTree sources;
    private final TreeContents contents;
    private final Map<String, String> environment;
    private final List<Body> extraValues;
    private final UnaryOperator<Body> edit;
    private final Allowance allowance;

    Workspace(
            Map<String, Module> modules,
            SourceTree sources,
            TreeContents contents,
            Map<String, String> environment,
            List<Body> extraValues) {
        this(modules, sources, contents, environment, extraValues, UnaryOperator.identity());
    }

    private Workspace(
            Map<String, Module> modules,
            SourceTree sources,
            TreeContents contents,
            Map<String, String> environment,
            List<Body> extraValues,
            UnaryOperator<Body> edit) {
        this.modules = new ConcurrentHashMap<>(modules);
        this.sources = sources;
        this.contents = contents;
        this.environment = environment;
        this.extraValues = extraValues;
        this.edit = edit;
        this.allowance = new Allowance(sources.characters());
    }

    /** The same, where some of the values that files give cannot be told; it has an allowance of its own. */
    Workspace without(Predicate<Position> values) {
        return new Workspace(
                modules, sources, contents, environment, extraValues, file -> ValuesInFiles.without(values, file));
    }

    /** The files with values for a root in which comments stand that accept findings. */
    Set<String> commentedValues(Module root) {
        var files = new HashSet<String>();
        sources.values(root.directory(), extraValues).stream()
                .map(body -> body.position().file())
                .filter(sources::hasComments)
                .forEach(files::add);
        return files;
    }

    /** What all evaluations together may cost. */
    Allowance allowance() {
        return allowance;
    }

    /** The size of a directory's configuration. */
    long characters(String directory) {
        return sources.characters(directory);
    }

    Optional<Module> module(String directory) {
        return Optional.ofNullable(modules.get(directory));
    }

    /** Lets go of a root module, unless it may be asked for once more without some of its values. */
    void forget(Module root) {
        if (commentedValues(root).isEmpty()) {
            modules.remove(root.directory());
        }
    }

    Map<String, String> installed(String root) {
        return sources.installed(root);
    }

    ProviderVersions versions(Module root) {
        return new ProviderVersions(sources.lock(root.directory()).orElse(null), root);
    }

    Map<String, Value> values(Module root, Expressions expressions) {
        var files =
                sources.values(root.directory(), extraValues).stream().map(edit).toList();
        return VariableFiles.values(environment, root, files, expressions);
    }

    Value call(String function, List<Value> arguments, ModuleInstance caller) {
        return Functions.call(function, arguments, new ModuleFunctions(contents, caller));
    }

    /** A place in a directory as a whole. */
    static Position somewhereIn(String directory) {
        return new Position(directory.isEmpty() ? "." : directory, 0, 0, 0);
    }
}
