package dev.stepzero.core;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where a finding points.
 *
 * @param resource the address of the configured thing, such as {@code image:/usr/bin/su} or
 *     {@code aws_security_group.web}
 * @param path the file in the user's repository, where there is one
 * @param startLine the first line, counted from 1; 0 where there is none
 * @param endLine the last line; 0 where there is none
 */
public record Location(String resource, @Nullable String path, int startLine, int endLine) {

    /** A place that has no file in the repository. */
    public static Location of(String resource) {
        return new Location(resource, null, 0, 0);
    }

    public Optional<String> file() {
        return Optional.ofNullable(path);
    }

    public OptionalInt line() {
        return startLine > 0 ? OptionalInt.of(startLine) : OptionalInt.empty();
    }
}
