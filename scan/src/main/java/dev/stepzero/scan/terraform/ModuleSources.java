package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Position;
import dev.stepzero.scan.terraform.hcl.Body;
import java.util.Optional;

/** Finds the module that a block calls. */
final class ModuleSources {
    private ModuleSources() {}

    static boolean isLocal(String source) {
        return source.startsWith("./") || source.startsWith("../") || source.equals(".") || source.equals("..");
    }

    static Optional<Module> find(ModuleInstance caller, String name, Body.Block block) {
        var source = Syntax.attribute(block.body(), "source");
        var written = source.flatMap(each -> Syntax.literal(each.value()));
        if (written.isEmpty()) {
            return problem(caller, "the module call needs a source, as a plain text", block.position());
        }
        var position = source.get().position();
        if (caller.tooDeep()) {
            return problem(caller, "modules call each other more than 64 levels deep", position);
        }
        return isLocal(written.get()) || written.get().startsWith("/")
                ? local(caller, written.get(), position)
                : installed(caller, name, written.get(), block.position(), position);
    }

    private static Optional<Module> local(ModuleInstance caller, String source, Position position) {
        var directory = TreePaths.resolve(caller.module().directory(), source);
        if (directory.isEmpty()) {
            return problem(caller, "the module source \"%s\" leads out of the tree".formatted(source), position);
        }
        var module = caller.evaluation().workspace().module(directory.get());
        if (module.isEmpty()) {
            return problem(caller, "there is no module in \"%s\"".formatted(source), position);
        }
        return notInItself(caller, module.get(), position);
    }

    private static Optional<Module> installed(
            ModuleInstance caller, String name, String source, Position call, Position position) {
        var evaluation = caller.evaluation();
        var key = caller.path().isEmpty() ? name : caller.path() + "." + name;
        var directory = evaluation.installed().get(key);
        var module = Optional.ofNullable(directory).flatMap(evaluation.workspace()::module);
        if (module.isPresent()) {
            return notInItself(caller, module.get(), position);
        }
        var outline = PublishedModules.find(source, call, evaluation.limits());
        var reason = outline.isPresent()
                ? "module %s comes from %s and is not on disk: only its best-known resources are judged; run terraform init"
                : "module %s comes from %s and is not on disk: run terraform init";
        evaluation.skip(position.file(), reason.formatted(name, source));
        return outline;
    }

    private static Optional<Module> notInItself(ModuleInstance caller, Module module, Position position) {
        return caller.isInside(module.directory())
                ? problem(caller, "the module calls itself", position)
                : Optional.of(module);
    }

    private static Optional<Module> problem(ModuleInstance caller, String message, Position position) {
        caller.evaluation().limits().problem(message, position);
        return Optional.empty();
    }
}
