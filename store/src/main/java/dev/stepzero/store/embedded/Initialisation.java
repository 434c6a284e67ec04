package dev.stepzero.store.embedded;

import dev.stepzero.core.UserError;
import dev.stepzero.store.process.Command;
import dev.stepzero.store.process.Unprivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes an empty cluster beside its final place, so that one that was begun and not completed is never used. */
record Initialisation(ClusterFiles files, Binaries binaries, Unprivileged user) {

    void run() throws InterruptedException {
        var place = files.initialising();
        try {
            Trees.delete(place);
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectory(place, ownerOnly);
            var password = place.resolve("password");
            Files.createFile(
                    password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(password, files.password());
            initialise();
            user.give(place);
            Files.move(place.resolve("data"), files.data(), StandardCopyOption.ATOMIC_MOVE);
            Trees.delete(place);
        } catch (IOException e) {
            throw UserError.engine("cannot make a database here: " + e)
                    .at(files.directory().toString())
                    .fix("let the user who runs stepzero write there and see that the disk is not full")
                    .because(e);
        }
    }

    private void initialise() throws InterruptedException {
        var place = files.initialising();
        var initdb = List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + place.resolve("data"),
                "--pwfile=" + place.resolve("password"),
                "--username=" + PostgresCluster.SUPERUSER,
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        var named = user.named();
        named.give(place);
        var result = Command.run(named.command(initdb, Map.of("LC_ALL", "C"), Set.of(place, binaries.home())));
        if (!result.succeeded()) {
            throw ServerFailure.of("the embedded PostgreSQL could not make its data directory", result.output())
                    .at(files.directory().toString());
        }
    }
}
