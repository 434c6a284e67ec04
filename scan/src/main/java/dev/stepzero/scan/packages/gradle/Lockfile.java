package dev.stepzero.scan.packages.gradle;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A lockfile: a package a line, with the configurations that it is in. The older form, one file a configuration, has that
 * in its name.
 */
final class Lockfile {
    private static final Pattern LINE = Pattern.compile("([^:=#\\s]+):([^:=\\s]+):([^:=\\s]+)(?:=(.*))?");

    private final TreeFile file;
    private final Set<String> direct;
    private final Inventory.Collector packages;
    private final Intake intake;

    /** @param direct the packages that build files name, each as {@code group:artifact} */
    Lockfile(TreeFile file, Set<String> direct, Inventory.Collector packages, Intake intake) {
        this.file = file;
        this.direct = direct;
        this.packages = packages;
        this.intake = intake;
    }

    void read() {
        new ManifestText(file, intake).lines().ifPresent(this::read);
    }

    private void read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var line = LINE.matcher(lines.get(i).strip());
            if (line.matches()) {
                var name = PackageUrl.of("maven", line.group(1), line.group(2), line.group(3));
                boolean asked = direct.contains(line.group(1) + ":" + line.group(2));
                packages.add(Component.of(name, scope(line.group(4)), asked, Place.of(file.path(), i + 1)));
            }
        }
    }

    private Scope scope(@org.jspecify.annotations.Nullable String configurations) {
        if (file.name().startsWith("buildscript-") || file.name().startsWith("settings-")) {
            return Scope.DEVELOPMENT;
        }
        return configurations == null
                ? Configurations.scope(file.name().replaceAll("\\.lockfile$", ""))
                : Configurations.scope(configurations.split(",", -1));
    }
}
