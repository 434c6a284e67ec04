package dev.stepzero.ship;

import dev.stepzero.guard.secrets.TrustClass;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What somebody asks to be shipped.
 *
 * @param directory the project's directory in a git work tree
 * @param environment where to
 * @param target {@code containers} or {@code process}; empty: what the project says, or else what is there
 * @param revision the commit; empty: {@code HEAD}, if nothing in the project differs from it
 * @param trust how far the commit's code is trusted: only where it is wholly, steps get their secrets
 */
public record ShipRequest(
        Path directory, String environment, Optional<String> target, Optional<String> revision, TrustClass trust) {}
