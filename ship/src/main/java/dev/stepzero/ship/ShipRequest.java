package dev.stepzero.ship;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What somebody asks to be shipped.
 *
 * @param directory the project's directory in a git work tree
 * @param environment where to
 * @param target {@code containers} or {@code process}; empty: what the project says, or else what is there
 * @param revision the commit; empty: {@code HEAD}, if nothing in the project differs from it
 */
public record ShipRequest(Path directory, String environment, Optional<String> target, Optional<String> revision) {}
