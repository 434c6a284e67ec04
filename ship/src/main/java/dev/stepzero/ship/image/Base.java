package dev.stepzero.ship.image;

import dev.stepzero.ship.debian.LockedPackage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lowest layer of an image.
 *
 * @param settled when the packages in it became the newest
 * @param machine whether it is made of this machine's libraries instead
 */
record Base(BuiltLayer layer, List<LockedPackage> packages, Instant settled, boolean machine, List<String> notes) {

    /** The variables that every program in an image gets, with more of them. */
    static TreeMap<String, String> environment(Map<String, String> more) {
        var all = new TreeMap<>(Map.of(
                "LANG", "C.UTF-8",
                "PATH", "/usr/sbin:/usr/bin",
                "SSL_CERT_FILE", "/" + Certificates.PEM));
        all.putAll(more);
        return all;
    }

    /** The configuration of an image that is nothing but this base; its version is that of a package. */
    ImageConfig config(
            String title, String versionOf, List<String> entrypoint, List<String> command, Map<String, String> more) {
        var version = packages.stream()
                .filter(locked -> locked.name().equals(versionOf))
                .map(locked -> locked.version().replaceAll("[^A-Za-z0-9_.-]", "_"))
                .findFirst()
                .orElse("base");
        return new ImageConfig(
                title + ":" + version,
                entrypoint,
                command,
                environment(more),
                "/",
                List.of(),
                ImageConfig.labels(new BuildFacts(title, version, "", "", settled)),
                settled);
    }
}
