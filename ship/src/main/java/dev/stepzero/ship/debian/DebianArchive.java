package dev.stepzero.ship.debian;

import dev.stepzero.core.UserError;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Debian archive. Nothing that it sends is used before it is verified: the suites' contents by signature, the package
 * lists and packages by digest. What was fetched is kept, so that packages that were settled once need no archive.
 */
public final class DebianArchive {
    private static final int CONNECTIONS = 8;

    private final AptSources sources;
    private final String architecture;
    private final Clock clock;
    private final Consumer<String> progress;
    private final Download download;
    private final List<String> sourceNotes = new ArrayList<>();
    private @Nullable PackageIndex index;

    /**
     * @param architecture Debian's name for it, such as {@code amd64}
     * @param cache a directory for what was fetched; several processes may share it
     * @param clock says whether the archive's signatures and package lists still hold
     * @param progress gets a line for whatever takes a while
     */
    public DebianArchive(AptSources sources, String architecture, Path cache, Clock clock, Consumer<String> progress) {
        this.sources = sources;
        this.architecture = architecture;
        this.clock = clock;
        this.progress = progress;
        this.download = new Download(cache);
    }

    /** Debian's name for the architecture of this machine. */
    public static String machineArchitecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            case String other ->
                throw UserError.engine("images cannot be built for the processor architecture " + other)
                        .fix("build on amd64 or arm64");
        };
    }

    public String architecture() {
        return architecture;
    }

    /**
     * The newest packages that answer the request, all of them fetched.
     *
     * @throws UserError with the status BLOCKED if the archive does not verify, with ENGINE if it cannot be reached
     */
    public Resolution newest(Request request) throws InterruptedException {
        var packages = new Resolver(index(), request).resolve();
        var gone = fetch(packages);
        if (!gone.isEmpty()) {
            throw UserError.engine("the Debian archive lists packages that it does not have: " + names(gone))
                    .fix("try again when the mirror is up to date");
        }
        return new Resolution(packages, clock.instant().truncatedTo(ChronoUnit.SECONDS), sourceNotes);
    }

    /**
     * The locked packages, all of them fetched. Where the archive does not have all of them any more, the request is
     * answered with the newest ones, and the notes say what moved.
     *
     * @throws UserError as {@link #newest}
     */
    public Resolution locked(Request request, Resolution locked) throws InterruptedException {
        var gone = fetch(locked.packages());
        if (gone.isEmpty()) {
            return locked;
        }
        var fresh = newest(request);
        return fresh.noting(List.of("the archive does not have these locked packages any more: " + names(gone)))
                .noting(moves(locked.packages(), fresh.packages()));
    }

    /**
     * The version of the source of the newest package that the archive offers; empty if it has none of that name.
     *
     * @throws UserError as {@link #newest(Request)}
     */
    public Optional<String> newestSource(String name) throws InterruptedException {
        return index().find(name).map(BinaryPackage::sourceVersion);
    }

    /** What changed from one set of packages to the other, a sentence for each package. */
    public static List<String> moves(List<LockedPackage> before, List<LockedPackage> after) {
        var old = before.stream().collect(Collectors.toMap(LockedPackage::name, LockedPackage::version));
        var moves = new ArrayList<String>();
        for (var now : after) {
            var version = old.remove(now.name());
            if (version == null) {
                moves.add("package " + now.name() + " " + now.version() + " came in");
            } else if (!version.equals(now.version())) {
                moves.add("package " + now.name() + " moved from " + version + " to " + now.version());
            }
        }
        old.forEach((name, version) -> moves.add("package " + name + " " + version + " is left out"));
        moves.sort(null);
        return moves;
    }

    /** The {@code .deb} of a package that was resolved, verified. */
    public Path file(LockedPackage locked) {
        return download.cached(locked.sha256())
                .orElseThrow(() -> UserError.engine("the cache has lost package " + locked.name())
                        .fix("run the command again"));
    }

    private static String names(List<LockedPackage> packages) {
        return packages.stream()
                .map(locked -> locked.name() + " " + locked.version())
                .collect(Collectors.joining(", "));
    }

    /** Fetches what the cache lacks, and returns what no source has. */
    private List<LockedPackage> fetch(List<LockedPackage> packages) throws InterruptedException {
        var missing = packages.stream()
                .filter(locked -> download.cached(locked.sha256()).isEmpty())
                .toList();
        if (missing.isEmpty()) {
            return List.of();
        }
        progress.accept("fetching " + missing.size() + " Debian packages");
        var threads =
                Executors.newFixedThreadPool(CONNECTIONS, Thread.ofVirtual().factory());
        try {
            var tasks = new ArrayList<Callable<Boolean>>();
            missing.forEach(locked -> tasks.add(() -> fetch(locked)));
            var results = threads.invokeAll(tasks);
            var gone = new ArrayList<LockedPackage>();
            for (var i = 0; i < results.size(); i++) {
                if (!results.get(i).get()) {
                    gone.add(missing.get(i));
                }
            }
            return gone;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UserError known ? known : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean fetch(LockedPackage locked) throws InterruptedException {
        requireSources();
        for (var archive :
                sources.sources().stream().map(Source::archive).distinct().toList()) {
            if (download.verified(archive.resolve(locked.path()), locked.sha256(), locked.size())
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private void requireSources() {
        if (sources.sources().isEmpty()) {
            throw UserError.engine("no Debian archive is known on this machine")
                    .fix("name one in " + AptSources.VARIABLE + ", as URL SUITE COMPONENT");
        }
    }

    private synchronized PackageIndex index() throws InterruptedException {
        if (index == null) {
            requireSources();
            progress.accept("reading the Debian archive's package lists");
            sourceNotes.clear();
            sourceNotes.addAll(sources.notes());
            var fresh = new PackageIndex();
            for (var source : sources.sources()) {
                if (!new Suite(source, architecture, download, clock).addTo(fresh)) {
                    sourceNotes.add(
                            "packages of " + source.suite() + " are not used: apt would not install them unasked");
                }
            }
            index = fresh.complete();
        }
        return index;
    }
}
