package dev.stepzero.cli;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.image.BaseImage;
import dev.stepzero.scan.image.ImageFiles;
import dev.stepzero.scan.image.ImageScanner;
import dev.stepzero.scan.image.ImageSource;
import dev.stepzero.scan.image.RootFileSystem;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.installed.InstalledPackages;
import dev.stepzero.scan.vulnerabilities.PackageScanner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks at an image or a root file system: what is wrong with it, what is installed in it, and what is wrong with that.
 *
 * @param vulnerabilities judges the packages
 * @param only the names of the scanners to run, {@code image} and {@code packages}; all if empty
 * @param say takes what people may want to know, a sentence each
 */
record ImageLook(
        ImageScanner scanner,
        ImageSource.Access access,
        PackageScanner vulnerabilities,
        List<String> only,
        Consumer<String> say) {
    private static final List<String> NAMES = List.of("image", "packages");

    ImageLook {
        only = List.copyOf(only);
        for (var name : only) {
            if (!NAMES.contains(name)) {
                throw UserError.usage("no scanner of images is called '%s'".formatted(name))
                        .fix("use one of " + String.join(", ", NAMES));
            }
        }
    }

    private boolean wanted(String name) {
        return only.isEmpty() || only.contains(name);
    }

    /** Looks at an image, at each layer once. */
    ScanReport at(ImageSource source) throws InterruptedException {
        var packages = new InstalledPackages();
        var scan = scanner.scan(source.open(access), packages);
        var report = wanted("image") ? scan.report() : ScanReport.EMPTY;
        return report.and(packages(packages, scan.files(), scan.base()));
    }

    /** Looks at the packages of a root file system. */
    ScanReport at(Path root) throws InterruptedException {
        var packages = new InstalledPackages();
        return packages(packages, RootFileSystem.read(root, packages), Optional.empty());
    }

    private ScanReport packages(InstalledPackages packages, ImageFiles files, Optional<BaseImage> base)
            throws InterruptedException {
        var inventory = packages.inventory(files);
        say.accept(summary(inventory, base));
        int count = (int) Math.min(Integer.MAX_VALUE, files.stream().count());
        var report = new ScanReport(
                List.of(),
                List.of(),
                new Coverage(count, count, inventory.components().size(), packages.unread(files)));
        return wanted("packages") ? report.and(vulnerabilities.check(inventory)) : report;
    }

    private static String summary(Inventory inventory, Optional<BaseImage> base) {
        var kinds = inventory.components().stream()
                .collect(Collectors.groupingBy(each -> each.purl().type(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
        return inventory.distribution().map(ImageLook::name).orElse("no distribution")
                + base.map(ImageLook::name).orElse("") + "; "
                + inventory.components().size() + (inventory.components().size() == 1 ? " package" : " packages")
                + (kinds.isEmpty() ? "" : ": " + kinds);
    }

    private static String name(Distribution distribution) {
        return (distribution.id() + " " + distribution.version()).strip();
    }

    private static String name(BaseImage base) {
        var name = (base.name() + base.digest().map(digest -> "@" + digest).orElse("")).strip();
        var layers = base.layers() == 0 ? "" : ", its lower layers to " + (base.layers() - 1);
        return ", built on " + name + layers;
    }
}
