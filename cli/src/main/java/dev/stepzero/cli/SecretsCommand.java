package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.SecretId;
import dev.stepzero.guard.secrets.SecretScope;
import dev.stepzero.guard.secrets.SecretStore;
import dev.stepzero.guard.secrets.SecretSummary;
import dev.stepzero.ship.Shipping;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and changes the secrets of runs; never a value. */
@Command(
        name = "secrets",
        mixinStandardHelpOptions = true,
        description = "Keeps secrets encrypted, each for one step of the runs of one project to one environment.",
        subcommands = {
            SecretsCommand.Set.class,
            SecretsCommand.ListAll.class,
            SecretsCommand.Rotate.class,
            SecretsCommand.Remove.class,
            SecretsCommand.Versions.class,
            SecretsCommand.Rewrap.class
        },
        footer = {
            "",
            "Values are typed when asked, or come from standard input; they are never arguments and never shown.",
            "",
            "Examples:",
            "  stepzero secrets set API_TOKEN --step smoke < token",
            "  stepzero secrets list",
            "  stepzero secrets rotate API_TOKEN --step smoke --overlap 2h < new-token"
        })
final class SecretsCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private Place place = new Place();

    SecretsCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        return list(terminal, clock, place, Optional.empty());
    }

    /** Which secret. */
    static final class Which {
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
    }

    private static String user() {
        return System.getProperty("user.name", "unknown");
    }

    private static int list(Terminal terminal, Clock clock, Place place, Optional<String> project)
            throws InterruptedException {
        var server = place.server(terminal);
        if (server.isPresent()) {
            return show(terminal, clock, new RemoteSecrets(server.get()).list(project));
        }
        try (var shipping = Shipping.open(terminal.environment(), clock)) {
            return show(terminal, clock, shipping.secrets().list(project));
        }
    }

    private static int show(Terminal terminal, Clock clock, List<SecretSummary> secrets) {
        if (secrets.isEmpty()) {
            terminal.err().println("there are no secrets yet; see: stepzero secrets set --help");
            return 0;
        }
        var row = "%-24s %-16s %-14s %-12s %-8s %-8s %-10s %s%n";
        var out = terminal.out();
        out.printf(row, "NAME", "PROJECT", "ENVIRONMENT", "STEP", "VERSION", "AGE", "LAST USE", "");
        for (var each : secrets) {
            var scope = each.id().scope();
            var notes = each.previousUntil()
                    .filter(until -> until.isAfter(clock.instant()))
                    .map(until -> "the version before is valid until " + until)
                    .orElse("");
            out.printf(
                    row,
                    each.id().name(),
                    scope.project(),
                    scope.environment(),
                    scope.step(),
                    each.version(),
                    age(clock, each.since()),
                    each.lastUsed().map(used -> age(clock, used)).orElse("never"),
                    each.canary() ? ("canary " + notes).strip() : notes);
        }
        out.flush();
        return 0;
    }

    private static String age(Clock clock, Instant since) {
        var age = Duration.between(since, clock.instant());
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        return age.toHours() > 0 ? age.toHours() + " h" : age.toMinutes() + " min";
    }

    /** Stores a secret. */
    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Stores a new secret, whose value is typed when asked or comes from standard input.",
            footer = {
                "",
                "A value of one line loses the end of its line; one of several lines is kept as it is.",
                "",
                "Example: stepzero secrets set API_TOKEN --step smoke < token"
            })
    static final class Set implements Callable<Integer> {
        private final Terminal terminal;
        private final Clock clock;

        @Mixin
        private Which which = new Which();

        @Option(names = "--canary", description = "End the run when the value shows up in the step's output.")
        private boolean canary;

        Set(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.clock = clock;
        }

        @Override
        public Integer call() throws InterruptedException {
            var id = which.id();
            var remote = which.remote(terminal);
            if (remote.isPresent()) {
                try (var value = SecretInput.read()) {
                    remote.get().create(id, value, canary);
                }
            } else {
                try (var value = SecretInput.read();
                        var shipping = Shipping.open(terminal.environment(), clock)) {
                    shipping.secrets().create(id, value, canary, user());
                }
            }
            terminal.out().printf("%s is stored%n", id);
            terminal.out().flush();
            return 0;
        }
    }

    /** Lists secrets. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Shows which secrets there are, for whom, how old, and when they were last used.",
            footer = {"", "Example: stepzero secrets list --project invoicer"})
    static final class ListAll implements Callable<Integer> {
        private final Terminal terminal;
        private final Clock clock;

        @Option(
                names = "--project",
                paramLabel = "NAME|DIR",
                description = "Only those of this application; default: all.")
        private @Nullable String project;

        @Mixin
        private Place place = new Place();

        ListAll(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.clock = clock;
        }

        @Override
        public Integer call() throws InterruptedException {
            return list(terminal, clock, place, Optional.ofNullable(project).map(Shipping::appOf));
        }
    }

    /** Gives a secret a new value. */
    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Gives a secret a new value. The one before stays valid for a while: the step gets both.",
            footer = {"", "Example: stepzero secrets rotate API_TOKEN --step smoke --overlap 2h < new-token"})
    static final class Rotate implements Callable<Integer> {
        private static final Pattern OVERLAP = Pattern.compile("([0-9]{1,5})([smhd])");

        private final Terminal terminal;
        private final Clock clock;

        @Mixin
        private Which which = new Which();

        @Option(
                names = "--overlap",
                paramLabel = "TIME",
                description = "How long the value before stays valid, such as 0s, 2h or 7d; default: 24h.")
        private @Nullable String overlap;

        Rotate(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.clock = clock;
        }

        @Override
        public Integer call() throws InterruptedException {
            var id = which.id();
            var both = overlap == null ? SecretStore.OVERLAP : duration(overlap);
            var remote = which.remote(terminal);
            int version = remote.isPresent() ? rotate(remote.get(), id, both) : rotate(id, both);
            terminal.out().printf("version %d of %s is current%n", version, id);
            terminal.out().flush();
            return 0;
        }

        private static int rotate(RemoteSecrets remote, SecretId id, Duration both) throws InterruptedException {
            try (var value = SecretInput.read()) {
                return remote.rotate(id, value, both);
            }
        }

        private int rotate(SecretId id, Duration both) throws InterruptedException {
            try (var value = SecretInput.read();
                    var shipping = Shipping.open(terminal.environment(), clock)) {
                return shipping.secrets().rotate(id, value, both, user());
            }
        }

        private static Duration duration(String text) {
            var match = OVERLAP.matcher(text);
            if (!match.matches()) {
                throw UserError.usage("'%.20s' is no time".formatted(text))
                        .at("--overlap")
                        .fix("write 0s, 90m, 2h or 7d");
            }
            long number = Long.parseLong(match.group(1));
            return switch (match.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        }
    }

    /** Removes a secret. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes a secret with all its versions.",
            footer = {"", "Example: stepzero secrets remove API_TOKEN --step smoke"})
    static final class Remove implements Callable<Integer> {
        private final Terminal terminal;
        private final Clock clock;

        @Mixin
        private Which which = new Which();

        Remove(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.clock = clock;
        }

        @Override
        public Integer call() throws InterruptedException {
            var id = which.id();
            var remote = which.remote(terminal);
            if (remote.isPresent()) {
                remote.get().remove(id);
            } else {
                try (var shipping = Shipping.open(terminal.environment(), clock)) {
                    shipping.secrets().remove(id, user());
                }
            }
            terminal.out().printf("%s is removed%n", id);
            terminal.out().flush();
            return 0;
        }
    }

    /** Lists the versions of a secret. */
    @Command(
            name = "versions",
            mixinStandardHelpOptions = true,
            description = "Shows the versions of a secret that are kept, and what wraps their keys.",
            footer = {"", "Example: stepzero secrets versions API_TOKEN --step smoke"})
    static final class Versions implements Callable<Integer> {
        private final Terminal terminal;
        private final Clock clock;

        @Mixin
        private Which which = new Which();

        Versions(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.clock = clock;
        }

        @Override
        public Integer call() throws InterruptedException {
            var remote = which.remote(terminal);
            if (remote.isPresent()) {
                show(remote.get().versions(which.id()));
            } else {
                try (var shipping = Shipping.open(terminal.environment(), clock)) {
                    show(shipping.secrets().versions(which.id()));
                }
            }
            terminal.out().flush();
            return 0;
        }

        private void show(List<SecretSummary.Version> versions) {
            var row = "%-8s %-8s %-44s %s%n";
            terminal.out().printf(row, "VERSION", "AGE", "KEY", "");
            for (var each : versions) {
                var state = each.until()
                        .map(until -> until.isAfter(clock.instant()) ? "valid until " + until : "ended")
                        .orElse("current");
                terminal.out().printf(row, each.number(), age(clock, each.made()), each.keyId(), state);
            }
        }
    }

    /** Wraps all data keys anew. */
    @Command(
            name = "rewrap",
            mixinStandardHelpOptions = true,
            description = "Wraps the keys of all secrets with the key-encrypting key of today. No secret is decrypted.",
            footer = {
                "",
                "After a change of STEPZERO_SECRETS_KEY, name the former key in STEPZERO_SECRETS_FORMER_KEYS.",
                "",
                "Example: stepzero secrets rewrap --new-key"
            })
    static final class Rewrap implements Callable<Integer> {
        private final Terminal terminal;
        private final Clock clock;

        @Option(names = "--new-key", description = "Make a new key in the key file first, and forget the old one then.")
        private boolean newKey;

        Rewrap(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.clock = clock;
        }

        @Override
        public Integer call() throws InterruptedException {
            try (var shipping = Shipping.open(terminal.environment(), clock)) {
                int wrapped = newKey
                        ? shipping.rotateKeyOfSecrets(user())
                        : shipping.secrets().rewrap(user());
                terminal.out().printf("%d %s wrapped anew%n", wrapped, wrapped == 1 ? "key is" : "keys are");
            }
            terminal.out().flush();
            return 0;
        }
    }
}
