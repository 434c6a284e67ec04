package dev.stepzero.ship.deploy.process;

import dev.stepzero.core.Digest;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.Release;
import java.nio.file.Path;

/** A short-lived command: prepares the environment, starts a release as blue and serves it. */
final class StartEnvironment {
    private StartEnvironment() {}

    public static void main(String[] arguments) throws Exception {
        var environment = ProcessTargetTest.environment(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        var release = new Release("sample", "child", Digest.parse(arguments[2]), Path.of(arguments[3]));
        var tiers = new ProcessTarget().prepare(environment);
        tiers.start(release, Colour.BLUE);
        tiers.serve(Colour.BLUE);
    }
}
