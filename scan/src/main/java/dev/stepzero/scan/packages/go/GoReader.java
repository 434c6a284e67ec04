package dev.stepzero.scan.packages.go;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.packages.go.GoMod.Module;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads {@code go.mod}. What it replaces is taken as what replaces it; a directory of the tree that replaces a module is
 * the tree's own. Since Go 1.17 the file names every module that is built; before, {@code go.sum} is asked for the rest.
 * The standard library counts as the module {@code stdlib}, of the toolchain's version or else of the language's.
 */
public final class GoReader implements ManifestReader {
    private static final String TYPE = "golang";

    @Override
    public void read(TreeFiles files, Inventory.Collector packages, Intake intake) throws InterruptedException {
        for (var file : files.all()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (file.name().equals("go.mod")) {
                new ManifestText(file, intake)
                        .lines()
                        .map(lines -> GoMod.read(file, lines, intake))
                        .ifPresent(mod -> add(mod, file, files, packages, intake));
            }
        }
    }

    private static void add(GoMod mod, TreeFile file, TreeFiles files, Inventory.Collector packages, Intake intake) {
        mod.standardLibrary()
                .ifPresent(module -> packages.add(Component.of(
                        PackageUrl.of(TYPE, "", module.path(), module.version()),
                        Scope.RUNTIME,
                        true,
                        Place.of(file.path(), module.line()))));
        var named = new HashSet<String>();
        for (var required : mod.required()) {
            named.add(required.module().path());
            if (mod.excludes(required.module())) {
                intake.skipped(
                        file.path(),
                        "the version of " + required.module().path()
                                + " is excluded: which one is built cannot be told");
            } else {
                mod.replaced(required.module())
                        .ifPresent(module -> packages.add(component(module, required.direct(), file)));
            }
        }
        if (!mod.complete()) {
            addFromSum(mod, named, file, files, packages, intake);
        }
    }

    private static void addFromSum(
            GoMod mod, Set<String> named, TreeFile file, TreeFiles files, Inventory.Collector packages, Intake intake) {
        var sum = files.at(file.directory().isEmpty() ? "go.sum" : file.directory() + "/go.sum");
        if (sum.isEmpty()) {
            intake.skipped(file.path(), "there is no go.sum: what the modules bring in is not known before Go 1.17");
            return;
        }
        var modules = new ManifestText(sum.get(), intake).lines().map(GoSum::built);
        modules.ifPresent(all -> all.stream()
                .filter(module -> !named.contains(module.path()))
                .flatMap(module -> mod.replaced(module).stream())
                .forEach(module -> packages.add(component(module, false, sum.get()))));
    }

    private static Component component(Module module, boolean direct, TreeFile file) {
        int slash = module.path().lastIndexOf('/');
        var purl = PackageUrl.of(
                TYPE,
                slash < 0 ? "" : module.path().substring(0, slash),
                module.path().substring(slash + 1),
                module.version());
        return Component.of(purl, Scope.RUNTIME, direct, Place.of(file.path(), module.line()));
    }
}
