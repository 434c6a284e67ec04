package dev.stepzero.scan.packages.nuget;

import dev.stepzero.scan.packages.document.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A project file of MSBuild.
 *
 * @param references the packages that it asks for
 * @param versions the versions that it sets for packages that others ask for, by their names in lower case
 * @param properties by their names in lower case
 */
record ProjectFile(List<Reference> references, Map<String, String> versions, Map<String, String> properties) {
    /** Properties may be made of properties; more than this many steps is a circle. */
    private static final int MOST_STEPS = 20;

    private static final int LONGEST_VERSION = 1000;

    /**
     * A package that is asked for.
     *
     * @param version as it is written; empty where another file sets it
     * @param development whether it is for building only, and not handed on
     */
    record Reference(String name, String version, boolean development, int line) {}

    static ProjectFile of(Element root) {
        var file = new ProjectFile(new ArrayList<>(), new HashMap<>(), new HashMap<>());
        root.children().forEach(file::take);
        return file;
    }

    private void take(Element element) {
        switch (element.name()) {
            case "ItemGroup" -> element.children().forEach(this::item);
            case "PropertyGroup" -> element.children().forEach(each -> properties.put(key(each.name()), each.text()));
            case "Choose", "When", "Otherwise" -> element.children().forEach(this::take);
            default -> {}
        }
    }

    private void item(Element item) {
        var name = written(item, "Include").isEmpty() ? written(item, "Update") : written(item, "Include");
        if (name.isEmpty() || name.contains("$(")) {
            return;
        }
        var version = written(item, "VersionOverride").isEmpty()
                ? written(item, "Version")
                : written(item, "VersionOverride");
        switch (item.name()) {
            case "PackageReference" -> {
                if (!written(item, "Include").isEmpty()) {
                    boolean development = written(item, "PrivateAssets").equalsIgnoreCase("all");
                    references.add(new Reference(name, version, development, item.line()));
                }
            }
            case "GlobalPackageReference" -> references.add(new Reference(name, version, true, item.line()));
            case "PackageVersion" -> versions.put(key(name), version);
            default -> {}
        }
    }

    /** A piece of an item, which may be an attribute or an element. */
    private static String written(Element item, String name) {
        return (item.attribute(name).isBlank() ? item.text(name) : item.attribute(name)).strip();
    }

    /** The version that it sets for a package; empty where it sets none. */
    String version(String name) {
        return versions.getOrDefault(key(name), "");
    }

    /** A text with the properties of this file, or else of the others, in place of {@code $(Name)}. */
    Optional<String> resolved(String text, Optional<ProjectFile> packages, Optional<ProjectFile> build) {
        var rest = text;
        for (int step = 0; step < MOST_STEPS && rest.length() <= LONGEST_VERSION; step++) {
            int open = rest.indexOf("$(");
            int close = rest.indexOf(')', Math.max(open, 0));
            if (open < 0) {
                return rest.isBlank() ? Optional.empty() : Optional.of(rest.strip());
            }
            if (close < 0) {
                return Optional.empty();
            }
            var value = value(rest.substring(open + 2, close), packages, build);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            rest = rest.substring(0, open) + value.get() + rest.substring(close + 1);
        }
        return Optional.empty();
    }

    private Optional<String> value(String name, Optional<ProjectFile> packages, Optional<ProjectFile> build) {
        var key = key(name);
        return Optional.ofNullable(properties.get(key))
                .or(() -> packages.flatMap(file -> Optional.ofNullable(file.properties.get(key))))
                .or(() -> build.flatMap(file -> Optional.ofNullable(file.properties.get(key))));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
