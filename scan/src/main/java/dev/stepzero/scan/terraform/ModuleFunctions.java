package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.functions.FunctionScope;
import dev.stepzero.scan.terraform.hcl.HclParser;
import java.util.List;
import java.util.Optional;

/** What functions see when a module calls them: paths are as seen from the root module, where Terraform runs. */
final class ModuleFunctions implements FunctionScope {
    private final TreeContents contents;
    private final ModuleInstance module;

    ModuleFunctions(TreeContents contents, ModuleInstance module) {
        this.contents = contents;
        this.module = module;
    }

    private Optional<String> resolve(String path) {
        return TreePaths.resolve(module.evaluation().directory(), path);
    }

    @Override
    public Optional<byte[]> read(String path) {
        return resolve(path).flatMap(contents::read);
    }

    @Override
    public List<String> list(String directory) {
        return resolve(directory).map(contents::below).orElse(List.of());
    }

    /** A template sees its variables and nothing else. */
    @Override
    public Value template(String name, String text, Value variables) {
        var scope = Scope.of(new TemplateNames(module));
        if (variables instanceof Value.Mapping map) {
            for (var entry : map.entries().entrySet()) {
                Located held = entry.getValue();
                scope = scope.with(entry.getKey(), held.value());
            }
        }
        return module.evaluation().expressions().evaluate(HclParser.template(name, text), scope);
    }
}
