package dev.stepzero.scan.packages.installed.rpm;

import java.util.List;

/**
 * An installed RPM package.
 *
 * @param epoch empty where it has none
 * @param architecture such as {@code x86_64}, or {@code noarch}
 * @param license as the package writes it; may be empty
 * @param sourceRpm the file's name of the source package; empty where there is none
 * @param files the absolute paths of what it brought
 */
public record RpmPackage(
        String name,
        String epoch,
        String version,
        String release,
        String architecture,
        String license,
        String sourceRpm,
        List<String> files) {
    public RpmPackage {
        files = List.copyOf(files);
    }
}
