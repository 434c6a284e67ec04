package dev.stepzero.ship.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.debian.AptSources;
import dev.stepzero.ship.debian.DebianArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Builds OCI images from Debian packages, a linked Java runtime and an application, without a container engine and
 * without root. Equal inputs give an equal digest, whatever the directory, the time or the umask. Containers run as user
 * 10001; no file has a set-user-ID bit. Safe for use by several threads and processes.
 *
 * <p>Methods throw {@link UserError} for what the user can mend: with the status BLOCKED if an archive does not verify,
 * with ENGINE if a JDK or an archive that is needed is not there.
 */
public final class ImageBuilder {
    private final Path home;
    private final Optional<Path> lock;
    private final Clock clock;
    private final Consumer<String> progress;
    private final DebianArchive archive;
    private final LayerCache layers;
    private final Bases bases;

    /**
     * @param home where Stepzero keeps its caches
     * @param sources the Debian archives to use
     * @param lock the project's lock file, which then decides about packages; without one, this machine settles them once
     *     a day
     * @param progress gets a line for whatever takes a while
     */
    public ImageBuilder(Path home, AptSources sources, Optional<Path> lock, Clock clock, Consumer<String> progress) {
        this(
                home,
                lock,
                clock,
                progress,
                new DebianArchive(
                        sources, DebianArchive.machineArchitecture(), home.resolve("cache/debian"), clock, progress),
                PackageSets.Mode.KEEPING);
    }

    private ImageBuilder(
            Path home,
            Optional<Path> lock,
            Clock clock,
            Consumer<String> progress,
            DebianArchive archive,
            PackageSets.Mode mode) {
        this.home = home;
        this.lock = lock;
        this.clock = clock;
        this.progress = progress;
        this.archive = archive;
        this.layers = new LayerCache(home.resolve("cache/layers"));
        this.bases = new Bases(new PackageSets(archive, lock, home.resolve("locks"), clock, mode), layers, progress);
    }

    /** The same builder, but it takes the newest packages and writes them to the lock. */
    public ImageBuilder renewing() {
        return new ImageBuilder(home, lock, clock, progress, archive, PackageSets.Mode.RENEWING);
    }

    /** The same builder, but what the lock lacks comes in its newest version and is written to it. */
    public ImageBuilder completing() {
        return new ImageBuilder(home, lock, clock, progress, archive, PackageSets.Mode.COMPLETING);
    }

    /**
     * Settles which Debian packages are the base of Java applications, and says which.
     *
     * @param packages those that the application needs besides
     */
    public List<BuiltImage.Contained> settleJava(List<String> packages) throws InterruptedException {
        try {
            var jdk = Jdk.at(Path.of(System.getProperty("java.home")));
            var runtime = JavaRuntime.link(jdk, JavaModules.USUAL, home.resolve("cache/runtime"));
            return contained(bases.java(runtime, packages));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The same for applications that are a directory with the packages that they need. */
    public List<BuiltImage.Contained> settleDirectory(List<String> packages) throws InterruptedException {
        try {
            return contained(bases.debian("application", Recipes.server(packages, Map.of()), Selection.SERVER));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static List<BuiltImage.Contained> contained(Base base) {
        return base.packages().stream().map(BuiltImage.Contained::of).toList();
    }

    /** An image with a Java application at {@code /app/app.jar} and its runtime at {@code /opt/java}. */
    public BuiltImage buildJava(JavaApplication application, BuildFacts facts, Path layout)
            throws InterruptedException {
        var program = JavaProgram.read(application);
        var jdk = Jdk.at(application.jdk().orElse(Path.of(System.getProperty("java.home"))));
        program.requireFrom(jdk);
        try (var work = Workspace.in(home.resolve("cache"))) {
            var notes = new ArrayList<String>();
            var runtime = JavaRuntime.link(jdk, modules(jdk, application, notes), home.resolve("cache/runtime"));
            var base = bases.java(runtime, application.packages());
            notes.addAll(base.notes());
            var stack = new ArrayList<BuiltLayer>();
            stack.add(base.layer());
            stack.add(layers.get("runtime " + runtime.key(), (tree, spool) -> runtime.addTo(tree)));
            if (!application.libraries().isEmpty()) {
                stack.add(layers.get(program.librariesKey(), (tree, spool) -> program.addLibrariesTo(tree)));
            }
            stack.add(work.layer((tree, spool) -> program.addJarTo(tree)));
            return assemble(layout, program.config(facts.notBefore(base.settled())), stack, base, notes);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private List<String> modules(Jdk jdk, JavaApplication application, List<String> notes)
            throws IOException, InterruptedException {
        var found = new JavaModules(home.resolve("cache/modules"))
                .find(jdk, application.jar(), application.libraries(), application.modules());
        if (found.guessed()) {
            notes.add("jdeps cannot say which JDK modules the application needs, so it gets the usual ones");
        }
        return found.modules();
    }

    /** An image with a directory at {@code /app} and the packages that it needs. */
    public BuiltImage buildDirectory(DirectoryApplication application, BuildFacts facts, Path layout)
            throws InterruptedException {
        try (var work = Workspace.in(home.resolve("cache"))) {
            var base = bases.debian("application", Recipes.server(application.packages(), Map.of()), Selection.SERVER);
            var own = work.layer((tree, spool) -> new DirectoryCopy(application.directory()).addTo(tree));
            var dated = facts.notBefore(base.settled());
            var config = new ImageConfig(
                    facts.title() + ":" + facts.version(),
                    application.entrypoint(),
                    List.of(),
                    Base.environment(application.environment()),
                    "/app",
                    application.ports(),
                    ImageConfig.labels(dated),
                    dated.created());
            return assemble(layout, config, List.of(base.layer(), own), base, base.notes());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** An image with HAProxy, which reads {@code /etc/haproxy/haproxy.cfg} unless other arguments are given. */
    public BuiltImage loadBalancer(Path layout) throws InterruptedException {
        try {
            var base = bases.debian("load-balancer", Recipes.loadBalancer(), Selection.SERVER);
            var config = base.config(
                    "haproxy",
                    "haproxy",
                    List.of("/usr/sbin/haproxy", "-W", "-db"),
                    List.of("-f", "/etc/haproxy/haproxy.cfg"),
                    Map.of());
            return assemble(layout, config, List.of(base.layer()), base, base.notes());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * An image with the newest PostgreSQL of the archive, without LLVM, so that it does not compile queries. Its programs
     * are in {@code /usr/lib/postgresql/bin}, the data directory is {@code /var/lib/postgresql/data}, and its sockets go
     * to {@code /run/postgresql}.
     */
    public BuiltImage database(Path layout) throws InterruptedException {
        try {
            var base = bases.debian("database", Recipes.database(), Selection.SERVER);
            var config = base.config(
                    "postgresql",
                    Recipes.newestPostgresql(base.packages()),
                    List.of("/usr/lib/postgresql/bin/postgres"),
                    List.of(),
                    Map.of("PGDATA", "/var/lib/postgresql/data", "PATH", "/usr/lib/postgresql/bin:/usr/bin"));
            return assemble(layout, config, List.of(base.layer()), base, base.notes());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** An image in which projects are built and tested: a shell, the usual tools, and the given Debian packages. */
    public BuiltImage toolchain(List<String> packages, Path layout) throws InterruptedException {
        try {
            var request = Recipes.toolchain(packages);
            var shape = Digest.of(request.line().getBytes(StandardCharsets.UTF_8));
            var base = bases.debian("toolchain", request, Selection.TOOLS);
            var config = base.config(
                    "toolchain-" + shape.shortForm(),
                    "base-files",
                    List.of(),
                    List.of("/bin/sh"),
                    Map.of("HOME", "/tmp", "PATH", "/usr/bin:/usr/sbin"));
            return assemble(layout, config, List.of(base.layer()), base, base.notes());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private BuiltImage assemble(Path layout, ImageConfig config, List<BuiltLayer> stack, Base base, List<String> notes)
            throws InterruptedException {
        return new ImageAssembly(layout, archive.architecture()).assemble(config, stack, base, notes);
    }

    private UserError failed(IOException cause) {
        return UserError.engine("the image cannot be built: " + cause.getMessage())
                .at(home.toString())
                .fix("check the permissions and the space on the disk")
                .because(cause);
    }
}
