package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The files from which the database's containers take their settings and their secrets. */
final class DatabaseFiles {
    private static final String DIRECTORY = "database";
    private static final String CERTIFICATE = "server.pem";
    /** What needs no quoting in SQL, in a shell's single quotes and in {@code pg_hba.conf}. */
    private static final Pattern NAME = Pattern.compile("(?!pg_|postgres$|template[01]$)[a-z_][a-z0-9_]{0,62}");

    private final Staging staging;
    private final Secrets secrets;
    private final Clock clock;

    DatabaseFiles(Staging staging, Secrets secrets, Clock clock) {
        this.staging = staging;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * What the files have to say.
     *
     * @param network the addresses from which the roles may come, {@code 10.89.3.0/24}
     */
    Map<String, String> contents(EnvironmentSpec.Database database, String network) {
        var values = Map.of(
                "database", checked(database.name()),
                "owner", checked(database.owner()),
                "role", checked(database.role()),
                "network", network);
        if (database.owner().equals(database.role())) {
            throw UserError.unreadable(
                            "the database's owner and the application's role are the same: " + database.role())
                    .fix("give the owner another name");
        }
        var contents = new HashMap<String, String>();
        for (var template : new String[] {"setup.sh", "roles.sql", "create.sql", "rights.sql", "pg_hba.conf"}) {
            contents.put(template, Template.fill(template, values));
        }
        contents.put("owner-password", secret(secrets, ownerSecret()));
        contents.put("role-password", secret(secrets, roleSecret()));
        contents.put(
                CERTIFICATE,
                staging.read(DIRECTORY, CERTIFICATE)
                        .orElseGet(() -> ServerCertificate.generate(TierNetworks.DATABASE_HOST, clock.instant())));
        return contents;
    }

    Path write(Map<String, String> contents) {
        return staging.files(DIRECTORY, contents);
    }

    static String ownerSecret() {
        return "database-owner";
    }

    static String roleSecret() {
        return "database-role";
    }

    /** A secret's value, generated at the first call. */
    static String secret(Secrets secrets, String name) {
        var file = secrets.file(name);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw UserError.engine("cannot read a secret: " + e.getMessage())
                    .at(file.toString())
                    .fix("let the user who runs stepzero read it")
                    .because(e);
        }
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw UserError.unreadable("not a name for a database or a role: " + name)
                    .fix(
                            "use lower-case letters, digits and underscores, and no name that PostgreSQL keeps for itself");
        }
        return name;
    }
}
