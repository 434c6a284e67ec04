package dev.stepzero.scan.packages;

import dev.stepzero.core.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A package of one version, wherever it lies in the subject. Equal components are one: whoever finds a second place of
 * the same package adds the place.
 *
 * @param purl its package URL; without a version where the source does not tell it
 * @param scope what it is there for
 * @param direct whether the subject itself asks for it, not only another package
 * @param places where it was found, at least one
 * @param source the source package that the distribution built it from, by whose version advisories speak
 * @param digest the SHA-256 of its file, where it is one file that was seen
 * @param licenses SPDX identifiers or expressions where they are known, else the names that the package gives
 */
public record Component(
        PackageUrl purl,
        Scope scope,
        boolean direct,
        List<Place> places,
        Optional<SourcePackage> source,
        Optional<Digest> digest,
        List<String> licenses) {

    /** What a package is there for; the first is the weightiest. */
    public enum Scope {
        /** Runs in production. */
        RUNTIME,
        /** Used where it happens to be there. */
        OPTIONAL,
        /** Given by whatever the program runs in. */
        PROVIDED,
        /** For building and testing only. */
        DEVELOPMENT
    }

    /**
     * Where a package was found.
     *
     * @param path the file, relative to the tree, or absolute in an image; of a nested archive {@code outer.jar!/inner.jar}
     * @param line from 1; 0 where the file has no lines
     * @param layer the layer of the image, from 0 for the base; -1 outside an image
     */
    public record Place(String path, int line, int layer) {
        /** A line of a file in a tree. */
        public static Place of(String path, int line) {
            return new Place(path, line, -1);
        }
    }

    /** A distribution's source package, such as {@code glibc} for {@code libc6}. */
    public record SourcePackage(String name, String version) {}

    public Component {
        places = List.copyOf(places);
        licenses = List.copyOf(licenses);
    }

    /** A package that a file of a tree names. */
    public static Component of(PackageUrl purl, Scope scope, boolean direct, Place place) {
        return new Component(purl, scope, direct, List.of(place), Optional.empty(), Optional.empty(), List.of());
    }

    /** The same component with what another finding of it adds; the weightier scope holds. */
    public Component and(Component other) {
        var all = new ArrayList<>(places);
        other.places.stream().filter(place -> !places.contains(place)).forEach(all::add);
        var names = new TreeSet<>(licenses);
        names.addAll(other.licenses);
        return new Component(
                purl,
                scope.compareTo(other.scope) <= 0 ? scope : other.scope,
                direct || other.direct,
                all,
                source.or(other::source),
                digest.or(other::digest),
                List.copyOf(names));
    }
}
