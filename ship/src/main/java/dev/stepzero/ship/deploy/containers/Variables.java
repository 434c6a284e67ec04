package dev.stepzero.ship.deploy.containers;

import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Secrets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a container of the application is told: plain variables, and files with secrets that further variables name.
 *
 * @param plain variables and their values, none of them secret
 * @param files the secrets' files by name, as they stand in {@link #DIRECTORY}
 */
record Variables(Map<String, String> plain, Map<String, String> files) {
    static final String DIRECTORY = "/run/secrets";

    Variables {
        plain = Map.copyOf(plain);
        files = Map.copyOf(files);
    }

    static Variables ofReplica(EnvironmentSpec spec, Secrets secrets) {
        var application = spec.application();
        var plain = new HashMap<>(application.environment());
        var files = new HashMap<String, String>();
        if (!application.portVariable().isEmpty()) {
            plain.putIfAbsent(application.portVariable(), Integer.toString(application.port()));
        }
        for (var name : application.secrets()) {
            plain.put(name + "_FILE", DIRECTORY + "/" + name);
            files.put(name, DatabaseFiles.secret(secrets, name));
        }
        spec.database().ifPresent(database -> {
            connect(database, database.role(), plain);
            files.put(password(database), DatabaseFiles.secret(secrets, DatabaseFiles.roleSecret()));
        });
        return new Variables(plain, files);
    }

    static Variables ofMigration(
            EnvironmentSpec.Application application, EnvironmentSpec.Database database, Secrets secrets) {
        var plain = new HashMap<>(application.environment());
        connect(database, database.owner(), plain);
        plain.put(database.variablePrefix() + "_APP_ROLE", database.role());
        return new Variables(
                plain, Map.of(password(database), DatabaseFiles.secret(secrets, DatabaseFiles.ownerSecret())));
    }

    private static void connect(EnvironmentSpec.Database database, String user, Map<String, String> variables) {
        var prefix = database.variablePrefix();
        variables.put(prefix + "_HOST", TierNetworks.DATABASE_HOST);
        variables.put(prefix + "_DB", database.name());
        variables.put(prefix + "_USER", user);
        variables.put(prefix + "_SSLMODE", "require");
        variables.put(prefix + "_PASSWORD_FILE", DIRECTORY + "/" + password(database));
    }

    private static String password(EnvironmentSpec.Database database) {
        return database.variablePrefix() + "_PASSWORD";
    }
}
