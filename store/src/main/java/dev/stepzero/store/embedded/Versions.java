package dev.stepzero.store.embedded;

import dev.stepzero.core.UserError;
import dev.stepzero.store.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** PostgreSQL's major versions: a data directory belongs to exactly one. */
final class Versions {
    private static final Pattern PRINTED = Pattern.compile("\\(PostgreSQL\\) (\\d{1,4})");
    private static final Pattern MAJOR = Pattern.compile("\\d{1,4}");

    private Versions() {}

    /** Asks the program itself, which also shows whether it runs on this machine at all. */
    static int ofProgram(Path home) throws InterruptedException {
        var result = Command.run(List.of(home.resolve("bin/postgres").toString(), "--version"));
        var version = PRINTED.matcher(result.output());
        if (!result.succeeded() || !version.find()) {
            throw UserError.engine("the embedded PostgreSQL does not run on this machine: " + result.output())
                    .at(home.toString())
                    .fix("install the library that is named, or set STEPZERO_DATABASE_URL to a PostgreSQL of yours"
                            + " (the embedded one needs the GNU C library)");
        }
        return Integer.parseInt(version.group(1));
    }

    /** Refuses a directory that these programs cannot open. */
    static void check(Path data, Binaries binaries) {
        var found = ofData(data);
        if (found != binaries.major()) {
            throw UserError.engine("the data belong to PostgreSQL " + found + ", but this program brings PostgreSQL "
                            + binaries.major())
                    .at(data.toString())
                    .fix("use the version of stepzero that made them, dump the database there and load it here");
        }
    }

    private static int ofData(Path data) {
        var file = data.resolve("PG_VERSION");
        try {
            var text = Files.readString(file).strip();
            if (MAJOR.matcher(text).matches()) {
                return Integer.parseInt(text);
            }
        } catch (IOException e) {
            throw broken(data).because(e);
        }
        throw broken(data);
    }

    private static UserError broken(Path data) {
        return UserError.engine("the database's directory is broken: PG_VERSION cannot be read")
                .at(data.toString())
                .fix("restore the directory from a backup, or move it away to begin with an empty database");
    }
}
