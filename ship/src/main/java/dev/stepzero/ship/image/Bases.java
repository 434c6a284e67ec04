package dev.stepzero.ship.image;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.debian.LockedPackage;
import dev.stepzero.ship.debian.Request;
import dev.stepzero.ship.image.FileTree.Node;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes the lowest layers of images. */
final class Bases {
    /** To be raised when the same packages come to other bytes, so that no layer of before is taken. */
    private static final int RECIPE = 1;

    /** In which packages the libraries are that some vendors' JDKs need. */
    private static final Map<String, String> PACKAGES = Map.of(
            "libstdc++.so.6", "libstdc++6",
            "libgcc_s.so.1", "libgcc-s1",
            "libz.so.1", "zlib1g",
            "libfreetype.so.6", "libfreetype6",
            "libpng16.so.16", "libpng16-16",
            "libjpeg.so.62", "libjpeg62-turbo",
            "liblcms2.so.2", "liblcms2-2");

    private final PackageSets packageSets;
    private final LayerCache layers;
    private final Consumer<String> progress;

    Bases(PackageSets packageSets, LayerCache layers, Consumer<String> progress) {
        this.packageSets = packageSets;
        this.layers = layers;
        this.progress = progress;
    }

    /** A base of Debian packages. */
    Base debian(String use, Request request, Selection selection) throws IOException, InterruptedException {
        var settled = packageSets.settle(use, request);
        var key = settled.packages().stream()
                .map(locked -> locked.name() + locked.sha256())
                .collect(Collectors.joining("\n", "base " + RECIPE + selection + "\n", ""));
        var layer = layers.get(key, (tree, spool) -> {
            progress.accept("unpacking " + settled.packages().size() + " Debian packages for the " + use + " image");
            RootSkeleton.addTo(tree);
            new DebianRoot(selection, tree, spool).unpack(packageSets.archive(), settled.packages());
            finish(tree, settled.packages());
        });
        return new Base(layer, settled.packages(), settled.settled(), false, settled.notes());
    }

    /** The base for a Java runtime; of this machine's libraries where no archive can be reached. */
    Base java(JavaRuntime runtime, List<String> packages) throws IOException, InterruptedException {
        var all = new ArrayList<>(packages);
        runtime.needed().stream()
                .filter(PACKAGES::containsKey)
                .map(PACKAGES::get)
                .forEach(all::add);
        try {
            return debian("java", Recipes.java(all), Selection.SERVER);
        } catch (UserError e) {
            if (e.status() != ExitStatus.ENGINE || !packages.isEmpty()) {
                throw e;
            }
            return machine(runtime, e);
        }
    }

    private Base machine(JavaRuntime runtime, UserError reason) throws IOException, InterruptedException {
        var machine = MachineBase.forRuntime(runtime);
        var layer = layers.get(RECIPE + machine.key(), (tree, spool) -> {
            RootSkeleton.addTo(tree);
            machine.addTo(tree, spool);
        });
        return new Base(
                layer,
                List.of(),
                Instant.EPOCH,
                true,
                List.of("the base is made of this machine's libraries, which no scanner can tell the age of: "
                        + reason.what()));
    }

    /** What the scripts of packages would have done. */
    private static void finish(FileTree tree, List<LockedPackage> packages) {
        if (tree.find("usr/bin/dash").isPresent()) {
            tree.link("usr/bin/sh", "dash");
        }
        if (tree.find("usr/bin/mawk").isPresent()) {
            tree.link("usr/bin/awk", "mawk");
        }
        for (var locked : packages) {
            if (locked.name().matches("postgresql-[0-9]+")) {
                tree.link("usr/lib/postgresql/bin", locked.name().substring("postgresql-".length()) + "/bin");
                tree.directory("var/lib/postgresql", 0755);
                tree.put("var/lib/postgresql/data", new Node.Directory(0700, RootSkeleton.USER));
                tree.put("run/postgresql", new Node.Directory(0755, RootSkeleton.USER));
            }
        }
    }
}
