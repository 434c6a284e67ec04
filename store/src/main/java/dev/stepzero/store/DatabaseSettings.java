package dev.stepzero.store;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the environment says about the database to use. */
record DatabaseSettings(Map<String, String> environment) {
    private static final String URL = "STEPZERO_DATABASE_URL";
    private static final String USER = "STEPZERO_DATABASE_USER";
    private static final String OWNER = "STEPZERO_DATABASE_OWNER";

    /** The database that the environment names, and who we are there; empty when it names none. */
    Optional<Logins> logins() {
        return value(URL).map(url -> {
            if (!url.startsWith("jdbc:postgresql:")) {
                throw UserError.usage("not a PostgreSQL database")
                        .at(URL)
                        .fix("write jdbc:postgresql://HOST:PORT/NAME");
            }
            if (url.contains("password=")) {
                throw UserError.usage("the URL holds a password, which ends up in logs and lists of processes")
                        .at(URL)
                        .fix("put it into a file of mode 0600 and name that in STEPZERO_DATABASE_PASSWORD_FILE");
            }
            return new Logins(
                    new Coordinates(url, value(USER).orElse("stepzero"), password("STEPZERO_DATABASE_PASSWORD")),
                    value(OWNER).map(owner -> new Coordinates(url, owner, password(OWNER + "_PASSWORD"))));
        });
    }

    private String password(String variable) {
        return value(variable + "_FILE")
                .map(Path::of)
                .map(file -> read(file, variable))
                .or(() -> value(variable))
                .orElseThrow(() -> UserError.usage("the database's password is missing")
                        .at(URL)
                        .fix("name a file that holds it in " + variable + "_FILE"));
    }

    private static String read(Path file, String variable) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw UserError.unreadable("cannot read the database's password: " + e)
                    .at(file.toString())
                    .fix("let the user who runs stepzero read the file that " + variable + "_FILE names")
                    .because(e);
        }
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }
}
