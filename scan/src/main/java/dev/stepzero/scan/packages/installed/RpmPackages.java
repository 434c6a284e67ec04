package dev.stepzero.scan.packages.installed;

import dev.stepzero.scan.packages.Component.SourcePackage;
import dev.stepzero.scan.packages.installed.rpm.RpmDatabase;
import dev.stepzero.scan.packages.installed.rpm.RpmPackage;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The packages of RPM and the files that they brought. */
final class RpmPackages implements FileReader {
    private static final Set<String> DIRECTORIES = Set.of("/var/lib/rpm/", "/usr/lib/sysimage/rpm/", "/usr/share/rpm/");
    private static final Set<String> NAMES = Set.of("Packages", "Packages.db", "rpmdb.sqlite");
    private static final Pattern SOURCE = Pattern.compile("(?<name>.+)-(?<version>[^-]+-[^-]+)\\.(?:no)?src\\.rpm");
    /** Databases hold the lists of all files: those of a whole desktop have this size. */
    private static final int LARGEST = 96 << 20;

    @Override
    public boolean takes(String path) {
        int slash = path.lastIndexOf('/') + 1;
        return NAMES.contains(path.substring(slash)) && DIRECTORIES.contains(path.substring(0, slash));
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) throws IOException {
        var owned = new HashSet<String>();
        RpmDatabase.read(file.bytes(LARGEST), each -> {
            each.files().stream()
                    .filter(OwnedPaths::matters)
                    .map(OwnedPaths::normal)
                    .forEach(owned::add);
            facts.accept(fact(each));
        });
        facts.accept(new Fact.Owned(owned));
    }

    private static Fact fact(RpmPackage each) {
        return new Fact.OsPackage(
                "rpm",
                each.name(),
                each.version() + "-" + each.release(),
                each.epoch(),
                each.architecture(),
                source(each),
                each.license().isEmpty() ? List.of() : List.of(each.license()));
    }

    /** The file's name holds no epoch; a source package has that of its packages, which advisories go by. */
    private static Optional<SourcePackage> source(RpmPackage each) {
        var matcher = SOURCE.matcher(each.sourceRpm());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var epoch = each.epoch().isEmpty() || each.epoch().equals("0") ? "" : each.epoch() + ":";
        return Optional.of(new SourcePackage(matcher.group("name"), epoch + matcher.group("version")));
    }
}
