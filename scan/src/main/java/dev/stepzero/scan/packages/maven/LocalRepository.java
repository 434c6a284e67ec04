package dev.stepzero.scan.packages.maven;

import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.Element;
import dev.stepzero.scan.packages.document.MalformedXml;
import dev.stepzero.scan.packages.document.XmlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The POMs and archives that Maven has on this machine already. Nothing is ever fetched. */
public record LocalRepository(Path root) {
    private static final long MOST_BYTES = 8L << 20;

    /**
     * Where Maven keeps it: as {@code maven.repo.local} says in the options that every Maven gets, else as the user's
     * settings say, else in the user's home.
     *
     * @param home the user's home
     * @param environment in which {@code MAVEN_OPTS} and {@code MAVEN_ARGS} may hold options
     */
    public static LocalRepository of(Path home, Map<String, String> environment) {
        var options = environment.getOrDefault("MAVEN_OPTS", "") + " " + environment.getOrDefault("MAVEN_ARGS", "");
        var named = CommandLine.of(options).properties().getOrDefault("maven.repo.local", "");
        if (named.isEmpty()) {
            named = inSettings(home.resolve(".m2/settings.xml"));
        }
        named = named.replace("${user.home}", home.toString());
        try {
            return new LocalRepository(
                    named.isEmpty() || named.contains("${") ? home.resolve(".m2/repository") : home.resolve(named));
        } catch (InvalidPathException e) {
            return new LocalRepository(home.resolve(".m2/repository"));
        }
    }

    private static String inSettings(Path settings) {
        return document(settings).map(each -> each.text("localRepository")).orElse("");
    }

    /** The POM of an artifact; empty if it is not there or cannot be read. */
    Optional<Element> pom(Coordinates coordinates) {
        return coordinates.complete() ? document(root.resolve(coordinates.pathInRepository())) : Optional.empty();
    }

    /** The archive of a package; empty if it is not there. */
    public Optional<Path> archive(PackageUrl purl) {
        var coordinates = new Coordinates(purl.namespace(), purl.name(), purl.version());
        var classifier = purl.qualifier("classifier");
        if (!coordinates.complete() || (!classifier.isEmpty() && !Coordinates.isPart(classifier))) {
            return Optional.empty();
        }
        var pom = root.resolve(coordinates.pathInRepository());
        var jar = pom.resolveSibling(
                "%s-%s%s.jar".formatted(purl.name(), purl.version(), classifier.isEmpty() ? "" : "-" + classifier));
        return Optional.of(jar).filter(Files::isRegularFile);
    }

    private static Optional<Element> document(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            return Optional.of(XmlText.read(Files.readAllBytes(file)));
        } catch (IOException | MalformedXml e) {
            return Optional.empty();
        }
    }
}
