package dev.stepzero.cli;

import dev.stepzero.guard.secrets.SecretId;
import dev.stepzero.guard.secrets.SecretScope;
import dev.stepzero.ship.Shipping;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which secret a command is about. */
final class ChosenSecret {
    @Parameters(paramLabel = "NAME", description = "The secret, such as API_TOKEN.")
    private String name = "";

    @Option(
            names = "--project",
            paramLabel = "NAME|DIR",
            description = "The application, or its directory; default: this one.")
    private String project = ".";

    @Option(names = "--environment", paramLabel = "NAME", description = "Default: ${DEFAULT-VALUE}.")
    private String environment = "production";

    @Option(
            names = "--step",
            paramLabel = "NAME",
            description = "The step that may have it; default: ${DEFAULT-VALUE}, the application where it runs.")
    private String step = SecretScope.DEPLOY;

    @Mixin
    private Place place = new Place();

    Optional<RemoteSecrets> remote(Terminal terminal) {
        return place.server(terminal).map(RemoteSecrets::new);
    }

    SecretId id() {
        return new SecretId(new SecretScope(Shipping.appOf(project), environment, step), name);
    }

    /** Who changes secrets of this machine's own installation. */
    static String user() {
        return System.getProperty("user.name", "unknown");
    }
}
