package dev.stepzero.ship.project;

import dev.stepzero.guard.secrets.SecretId;
import dev.stepzero.ship.yaml.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The shape of {@code stepzero.yaml}. Every key is optional; the file may be empty or missing. */
public final class ProjectShape {
    static final String NAME = "[a-z]([a-z0-9-]{0,38}[a-z0-9])?";
    private static final String VARIABLE = "[A-Z][A-Z0-9_]{0,63}";
    private static final Shape SEVERITY = new Shape.Choice(List.of("low", "medium", "high", "critical"));

    private ProjectShape() {}

    /** The whole file. */
    public static Shape.Keys shape() {
        return keys().with("version", new Shape.Whole(1, 1), "The version of this format: 1.")
                .with("app", Shape.text(NAME, "invoicer"), "The application's name; default: the directory's name.")
                .with(
                        "owners",
                        texts(),
                        "Who is told of what needs a person; default: CODEOWNERS, or else the commit's author.")
                .with("test", test(), "How the project's own tests run.")
                .with("build", build(), "What is built, and into which image.")
                .with("steps", named(step()), "Further steps of your own, by name.")
                .with("gate", gate(), "What blocks.")
                .with("waivers", new Shape.Many(waiver()), "Findings that somebody accepted for a time.")
                .with("publish", publish(), "Where the image goes beside the layout on disk.")
                .with("environments", named(environment()), "Where releases run; default: production.")
                .shape();
    }

    /** A file with nothing but waivers. */
    static Shape.Keys waivers() {
        return keys().with("waivers", new Shape.Many(waiver()), "Findings that somebody accepted for a time.")
                .shape();
    }

    private static Shape test() {
        return keys().with("run", Shape.text(), "The command, in a POSIX shell; default: the build system's own.")
                .with("network", new Shape.Choice(List.of("none", "allowed")), "Default: none.")
                .with("timeout", Shape.duration(), "Default: 10m.")
                .with("memory", new Shape.Whole(64, 1_048_576), "Megabytes; default: 3072.")
                .with("reports", texts(), "Directories with JUnit XML reports.")
                .shape();
    }

    private static Shape build() {
        return keys().with(
                        "fetch",
                        Shape.text(),
                        "The command that fetches what tests and build need, with network; default: the build system's own.")
                .with("run", Shape.text(), "The command that packages the application without running its tests.")
                .with("artifact", Shape.text(), "The file or directory that becomes the application layer.")
                .with("libraries", Shape.text(), "A directory of jars beside a thin jar.")
                .with("start", texts(), "The command that starts the application in the image.")
                .with("packages", texts(), "Debian packages that the image needs further.")
                .with("modules", texts(), "JDK modules that the runtime needs further.")
                .with("toolchain", texts(), "Debian packages that tests and build need further.")
                .with("budget", new Shape.Whole(1, 10_000), "Megabytes that the image may have, compressed.")
                .shape();
    }

    private static Shape step() {
        return keys().with("run", Shape.text(), "The command, in a POSIX shell.")
                .with("needs", texts(), "Names of your steps that come first.")
                .with("network", new Shape.Choice(List.of("none", "allowed")), "Default: none.")
                .with("timeout", Shape.duration(), "Default: 10m.")
                .with(
                        "secrets",
                        new Shape.Many(Shape.text(SecretId.NAME, "API_TOKEN")),
                        "Stored secrets for this step alone; each comes as a file that <NAME>_FILE names.")
                .with(
                        "secretVariables",
                        new Shape.Many(Shape.text(SecretId.NAME, "API_TOKEN")),
                        "Stored secrets that come as variables too, for programs that read no files.")
                .with(
                        "sarif",
                        new Shape.Many(Shape.text()),
                        "Files in SARIF 2.1.0 that the command leaves: what its tool found joins what the scanners find.")
                .required("run")
                .shape();
    }

    private static Shape gate() {
        return keys().with("failOn", SEVERITY, "Findings of this severity or worse block; default: high.")
                .with("warnOn", SEVERITY, "Findings of this severity or worse are shown; default: medium.")
                .with("maxAge", new Shape.Whole(1, 3650), "Days that an image may be old; default: 7.")
                .with(
                        "maxDatabaseAgeDays",
                        new Shape.Whole(1, 3650),
                        "Days that vulnerability advisories may be old; default: any number.")
                .shape();
    }

    private static Shape waiver() {
        return keys().with(
                        "rule",
                        Shape.text(),
                        "The rule's id, or its alias in another tool; * stands for any characters.")
                .with("resource", Shape.text(), "Which resources; * stands for any characters. Default: all.")
                .with("owner", Shape.text(), "Who answers for it.")
                .with("reason", Shape.text(), "Why it is accepted.")
                .with("until", Shape.text("[0-9]{4}-[0-9]{2}-[0-9]{2}", "2027-01-31"), "The last day.")
                .required("rule", "owner", "reason", "until")
                .shape();
    }

    private static Shape publish() {
        return keys().with(
                        "registry",
                        Shape.text("[a-zA-Z0-9.-]+(:[0-9]{1,5})?/[a-z0-9._/-]+", "registry.example.org/team/invoicer"),
                        "The OCI repository to push to.")
                .shape();
    }

    private static Shape environment() {
        return keys().with("target", new Shape.Choice(List.of("containers", "process")), "Default: what is there.")
                .with("loadBalancer", loadBalancer(), "The tier that takes the requests.")
                .with("application", application(), "The tier that answers them.")
                .with("database", database(), "The tier that remembers; absent: none.")
                .with("admission", admission(), "What a release must prove before it may come here.")
                .with(
                        "rebuild",
                        new Shape.Choice(List.of("automatic", "manual")),
                        "Whether what serves here is built again by itself when a newer base mends a vulnerability that the gate would block; default: automatic.")
                .shape();
    }

    private static Shape admission() {
        return keys().with("maxAge", new Shape.Whole(1, 3650), "Days that its verdict may be old; default: 90.")
                .with(
                        "require",
                        new Shape.Many(new Shape.Choice(List.of("approval", "sbom"))),
                        "Evidence beside provenance, tests, scans and verdict; approval: by another person than the author; sbom: what the image consists of.")
                .shape();
    }

    private static Shape loadBalancer() {
        return keys().with(
                        "address",
                        Shape.text("([0-9]{1,3}[.]){3}[0-9]{1,3}|[0-9a-fA-F.:]*:[0-9a-fA-F.:]*", "127.0.0.1"),
                        "Where it listens; default: 127.0.0.1.")
                .with("port", new Shape.Whole(1, 65_535), "Default: 8080.")
                .shape();
    }

    private static Shape application() {
        return keys().with("port", new Shape.Whole(1, 65_535), "Where a replica listens; default: 8080.")
                .with("portVariable", Shape.text(VARIABLE, "PORT"), "The variable that tells it so; default: PORT.")
                .with("replicas", new Shape.Whole(1, 20), "Default: 2.")
                .with("health", path(), "Answers 200 when the replica can serve; default: /__heartbeat__.")
                .with("version", path(), "Answers with the commit; default: /__version__.")
                .with("environment", new Shape.Named(Pattern.compile(VARIABLE), Shape.text()), "Plain variables.")
                .with(
                        "secrets",
                        new Shape.Many(Shape.text(VARIABLE, "ADMIN_PASSWORD")),
                        "Secrets, stored for the step deploy or else generated; each comes as a file that <NAME>_FILE names.")
                .with("memory", new Shape.Whole(16, 1_048_576), "Megabytes a replica; default: 384.")
                .with("startTimeout", Shape.duration(), "Until it must be healthy; default: 60s.")
                .shape();
    }

    private static Shape database() {
        var role = Shape.text("[a-z][a-z0-9_]{0,39}", "invoicer");
        return keys().with("name", role, "Default: the application's name.")
                .with("role", role, "What the application signs in as; default: its name.")
                .with("owner", role, "Who owns the schema; default: <role>_owner.")
                .with(
                        "variables",
                        Shape.text(VARIABLE, "INVOICER_POSTGRES"),
                        "Prefix of _HOST, _DB, _USER, _PASSWORD_FILE and _SSLMODE; default: <APP>_POSTGRES.")
                .with("migrate", texts(), "Arguments with which the image migrates the schema.")
                .shape();
    }

    private static Shape path() {
        return Shape.text("/|(/[A-Za-z0-9._~-]{1,100}){1,10}/?", "/__heartbeat__");
    }

    private static Shape texts() {
        return new Shape.Many(Shape.text());
    }

    private static Shape named(Shape value) {
        return new Shape.Named(Pattern.compile(NAME), value);
    }

    private static Builder keys() {
        return new Builder();
    }

    /** Collects keys in the order in which a reader should meet them. */
    private static final class Builder {
        private final Map<String, Shape.Key> keys = new LinkedHashMap<>();
        private Set<String> required = Set.of();

        Builder with(String name, Shape shape, String meaning) {
            keys.put(name, new Shape.Key(shape, meaning));
            return this;
        }

        Builder required(String... names) {
            required = Set.of(names);
            return this;
        }

        Shape.Keys shape() {
            return new Shape.Keys(keys, required);
        }
    }
}
