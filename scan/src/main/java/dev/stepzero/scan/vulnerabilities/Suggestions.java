package dev.stepzero.scan.vulnerabilities;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.version.VersionScheme.InvalidVersion;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import dev.stepzero.scan.vulnerabilities.match.Schemes;
import dev.stepzero.scan.vulnerabilities.match.Vulnerable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where a manifest writes a version, and what should stand there. Lockfiles are for their package manager. */
final class Suggestions {
    private static final Set<String> LOCKS = Set.of(
            "package-lock.json",
            "npm-shrinkwrap.json",
            "yarn.lock",
            "pnpm-lock.yaml",
            "bun.lock",
            "Cargo.lock",
            "Gemfile.lock",
            "gems.locked",
            "poetry.lock",
            "uv.lock",
            "pdm.lock",
            "Pipfile.lock",
            "composer.lock",
            "go.sum",
            "gradle.lockfile",
            "buildscript-gradle.lockfile",
            "packages.lock.json",
            "mix.lock",
            "pubspec.lock",
            "Package.resolved",
            "conan.lock");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([A-Za-z0-9._-]{1,200})}");
    private static final Pattern REFERENCE = Pattern.compile("version\\.ref\\s*=\\s*\"([A-Za-z0-9._-]{1,200})\"");

    /** What a shell takes for nothing but itself, for people paste commands. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9@._/+:~-]{1,300}");
    /** A dependency of a POM or a table of TOML is not longer. */
    private static final int NEARBY = 10;

    private final TreeFiles files;

    Suggestions(TreeFiles files) {
        this.files = files;
    }

    /** One edit for each place of each package that can be mended, to the version that mends the most. */
    List<Suggestion> of(List<Vulnerable> vulnerable) {
        var targets = new LinkedHashMap<PackageUrl, String>();
        var components = new LinkedHashMap<PackageUrl, Component>();
        for (var each : vulnerable) {
            each.fixed().ifPresent(fixed -> {
                components.put(each.component().purl(), each.component());
                targets.merge(each.component().purl(), fixed, (one, other) -> later(each.component(), one, other));
            });
        }
        var suggestions = new LinkedHashSet<Suggestion>();
        components.forEach((purl, component) -> {
            for (var place : component.places()) {
                files.at(place.path())
                        .flatMap(file -> suggestion(file, place.line(), purl, targets.getOrDefault(purl, "")))
                        .ifPresent(suggestions::add);
            }
        });
        return new ArrayList<>(suggestions);
    }

    private static String later(Component component, String one, String other) {
        var scheme = Schemes.ofPackage(component.purl());
        try {
            return scheme.isPresent() && scheme.get().compare(one, other) < 0 ? other : one;
        } catch (InvalidVersion e) {
            return one;
        }
    }

    private Optional<Suggestion> suggestion(TreeFile file, int line, PackageUrl purl, String fixed) {
        if (LOCKS.contains(file.name())) {
            return command(file.name(), purl, fixed).map(each -> new Suggestion(file.path(), line, "", each));
        }
        var lines = lines(file);
        for (int at = line; at >= 1 && at < line + NEARBY && at <= lines.size(); at++) {
            var text = lines.get(at - 1);
            var edited = edited(text, purl.version(), fixed);
            if (edited.isPresent()) {
                return Optional.of(new Suggestion(file.path(), at, text, edited.get()));
            }
            var elsewhere = referred(file, text, purl.version(), fixed);
            if (elsewhere.isPresent()) {
                return elsewhere;
            }
            if (text.contains("</dependency>") || text.contains("</plugin>") || text.contains("</parent>")) {
                break;
            }
        }
        return Optional.empty();
    }

    /** The line with the version replaced, where it stands there as a whole. */
    private static Optional<String> edited(String line, String version, String fixed) {
        boolean prefixed = version.startsWith("v") && !fixed.startsWith("v");
        var whole = Pattern.compile("(?<![0-9A-Za-z.])" + Pattern.quote(version) + "(?![0-9A-Za-z]|[.][0-9])");
        var matcher = whole.matcher(line);
        return matcher.find()
                ? Optional.of(matcher.replaceFirst(Matcher.quoteReplacement(prefixed ? "v" + fixed : fixed)))
                : Optional.empty();
    }

    /** A Maven property, or a version of Gradle's catalogue, that the line refers to. */
    private Optional<Suggestion> referred(TreeFile file, String line, String version, String fixed) {
        var property = PROPERTY.matcher(line);
        if (file.name().endsWith(".xml") && line.contains("<version>") && property.find()) {
            return defined("<%s>".formatted(property.group(1)), "pom.xml", version, fixed);
        }
        var reference = REFERENCE.matcher(line);
        if (file.name().endsWith(".toml") && reference.find()) {
            var definition = Pattern.compile(
                    "^\\s*\"?" + Pattern.quote(reference.group(1)) + "\"?\\s*=", Pattern.CASE_INSENSITIVE);
            var lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (definition.matcher(lines.get(i)).find()) {
                    return change(file, i + 1, lines.get(i), version, fixed);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Suggestion> defined(String opening, String name, String version, String fixed) {
        for (var file : files.all()) {
            if (file.name().equals(name)) {
                var lines = lines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (lines.get(i).contains(opening)) {
                        var change = change(file, i + 1, lines.get(i), version, fixed);
                        if (change.isPresent()) {
                            return change;
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Suggestion> change(TreeFile file, int line, String text, String version, String fixed) {
        return edited(text, version, fixed).map(after -> new Suggestion(file.path(), line, text, after));
    }

    private static List<String> lines(TreeFile file) {
        try {
            return file.text().lines().toList();
        } catch (TreeFile.UnreadableFile e) {
            // Whoever read the packages out of it has said so already.
            return List.of();
        }
    }

    private static Optional<String> command(String lock, PackageUrl purl, String fixed) {
        var name = purl.displayName();
        if (!HARMLESS.matcher(name + fixed).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (lock) {
                    case "package-lock.json", "npm-shrinkwrap.json" -> "npm install %s@%s".formatted(name, fixed);
                    case "yarn.lock" -> "yarn up %s@%s".formatted(name, fixed);
                    case "pnpm-lock.yaml" -> "pnpm update %s@%s".formatted(name, fixed);
                    case "bun.lock" -> "bun add %s@%s".formatted(name, fixed);
                    case "Cargo.lock" -> "cargo update -p %s --precise %s".formatted(name, fixed);
                    case "Gemfile.lock", "gems.locked" -> "bundle update --conservative %s".formatted(name);
                    case "poetry.lock" -> "poetry add %s@^%s".formatted(name, fixed);
                    case "uv.lock" -> "uv lock --upgrade-package %s==%s".formatted(name, fixed);
                    case "pdm.lock" -> "pdm update %s".formatted(name);
                    case "Pipfile.lock" -> "pipenv upgrade %s==%s".formatted(name, fixed);
                    case "composer.lock" -> "composer update %s --with %s:%s".formatted(name, name, fixed);
                    case "go.sum" -> "go get %s@v%s".formatted(name, fixed);
                    case "mix.lock" -> "mix deps.update %s".formatted(name);
                    case "pubspec.lock" -> "dart pub upgrade %s".formatted(name);
                    default -> null;
                });
    }
}
