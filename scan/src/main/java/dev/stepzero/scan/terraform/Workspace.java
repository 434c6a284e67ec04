package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.functions.Functions;
import dev.stepzero.scan.terraform.hcl.Body;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All modules of a tree, and what lies beside them. Safe for use by several threads. */
final class Workspace {
    private final Map<String, Module> modules;
    private final SourceTree sources;
    private final TreeContents contents;
    private final Map<String, String> environment;
    private final List<Body> extraValues;
    private final Allowance allowance;

    Workspace(
            Map<String, Module> modules,
            SourceTree sources,
            TreeContents contents,
            Map<String, String> environment,
            List<Body> extraValues) {
        this.modules = new ConcurrentHashMap<>(modules);
        this.sources = sources;
        this.contents = contents;
        this.environment = environment;
        this.extraValues = extraValues;
        this.allowance = new Allowance(sources.characters());
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

    /** Lets go of a module that nobody will ask for again. */
    void forget(String directory) {
        modules.remove(directory);
    }

    Map<String, String> installed(String root) {
        return sources.installed(root);
    }

    ProviderVersions versions(Module root) {
        return new ProviderVersions(sources.lock(root.directory()).orElse(null), root);
    }

    Map<String, Value> values(Module root, Expressions expressions) {
        return VariableFiles.values(environment, root, sources.values(root.directory(), extraValues), expressions);
    }

    Value call(String function, List<Value> arguments, ModuleInstance caller) {
        return Functions.call(function, arguments, new ModuleFunctions(contents, caller));
    }

    /** A place in a directory as a whole. */
    static Position somewhereIn(String directory) {
        return new Position(directory.isEmpty() ? "." : directory, 0, 0, 0);
    }
}
