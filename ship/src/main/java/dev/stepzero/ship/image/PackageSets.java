package dev.stepzero.ship.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.debian.DebianArchive;
import dev.stepzero.ship.debian.Lockfile;
import dev.stepzero.ship.debian.Request;
import dev.stepzero.ship.debian.Resolution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settles which packages an image gets. The project's lock is law. Without one, this machine remembers what it settled
 * and looks for newer packages once a day, so that the builds of a day are equal and fast and fixes still arrive.
 */
final class PackageSets {
    private static final Duration FRESH = Duration.ofDays(1);

    private final DebianArchive archive;
    private final Optional<Path> projectLock;
    private final Path ownLocks;
    private final Clock clock;
    private final Mode mode;

    /** What happens to locks. */
    enum Mode {
        /** The project's lock is law, as far as it goes. */
        KEEPING,
        /** What the project's lock lacks is settled with the newest packages, and written to it. */
        COMPLETING,
        /** Everything is settled with the newest packages, and written. */
        RENEWING
    }

    PackageSets(DebianArchive archive, Optional<Path> projectLock, Path ownLocks, Clock clock, Mode mode) {
        this.archive = archive;
        this.projectLock = projectLock;
        this.ownLocks = ownLocks;
        this.clock = clock;
        this.mode = mode;
    }

    DebianArchive archive() {
        return archive;
    }

    Resolution settle(String use, Request request) throws IOException, InterruptedException {
        var lock = projectLock.flatMap(file -> find(file, use, request));
        if (lock.isPresent() && mode != Mode.RENEWING) {
            return archive.locked(request, lock.get());
        }
        if (projectLock.isPresent() && mode != Mode.KEEPING) {
            return renew(projectLock.get(), use, request);
        }
        var settled = settleHere(use, request);
        return projectLock.isEmpty()
                ? settled
                : settled.noting(List.of(projectLock.get() + " does not lock the packages of the " + use
                        + " image as they are asked for now; the newest ones are used"));
    }

    private Resolution settleHere(String use, Request request) throws IOException, InterruptedException {
        var shape = Digest.of(request.line().getBytes(StandardCharsets.UTF_8));
        var file = ownLocks.resolve(use + "-" + shape.shortForm() + ".lock");
        var known = find(file, use, request);
        if (known.isPresent() && mode != Mode.RENEWING && fresh(file)) {
            return archive.locked(request, known.get());
        }
        try {
            return renew(file, use, request);
        } catch (UserError e) {
            if (known.isEmpty() || e.status() != ExitStatus.ENGINE) {
                throw e;
            }
            return archive.locked(request, known.get())
                    .noting(List.of("looking for newer packages failed, those known here are used: " + e.what()));
        }
    }

    private Resolution renew(Path file, String use, Request request) throws IOException, InterruptedException {
        var known = find(file, use, request);
        var newest = archive.newest(request);
        var settled = known.filter(before -> before.packages().equals(newest.packages()))
                .map(before -> new Resolution(before.packages(), before.settled(), newest.notes()))
                .orElse(newest);
        Lockfile.read(file).with(use, archive.architecture(), request, settled).write(file);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        return known.map(before -> settled.noting(DebianArchive.moves(before.packages(), settled.packages())))
                .orElse(settled);
    }

    private Optional<Resolution> find(Path file, String use, Request request) {
        return Lockfile.read(file).find(use, archive.architecture(), request);
    }

    private boolean fresh(Path file) throws IOException {
        var age = Duration.between(Files.getLastModifiedTime(file).toInstant(), clock.instant());
        return age.compareTo(FRESH) < 0;
    }
}
