package dev.stepzero.cli;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.keys.KeyRings;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.ship.yaml.Nearest;
import java.time.Clock;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and changes the keys that sign releases. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description =
                "Shows the keys that sign images and evidence, one ring for each environment, and that of the ledger.",
        subcommands = {KeysCommand.Export.class, KeysCommand.Rotate.class, KeysCommand.Revoke.class},
        footer = {
            "",
            "Examples:",
            "  stepzero keys",
            "  stepzero keys export invoicer/production > production.pem",
            "  stepzero keys rotate invoicer/production",
            "  stepzero keys revoke invoicer/production SHA256:abcd --reason 'the laptop was stolen'"
        })
final class KeysCommand implements Callable<Integer> {
    private static final String ROW = "%-28s %-51s %-20s %-20s %s%n";

    private final Terminal terminal;
    private final Clock clock;

    KeysCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /** The rings of all environments, and that of the ledger. */
    private static SortedMap<String, KeyRing> all(Terminal terminal, Clock clock) {
        var home = Home.of(terminal.environment());
        var all = new KeyRings(home.keys(), clock).all();
        var ledger = InstalledLedger.keys(home, clock);
        if (!ledger.isEmpty()) {
            all.put(InstalledLedger.RING, ledger);
        }
        return all;
    }

    @Override
    public Integer call() throws InterruptedException {
        var all = all(terminal, clock);
        if (all.isEmpty()) {
            terminal.err().println("there are no keys yet; the first ship to an environment makes one");
            return 0;
        }
        terminal.out().printf(ROW, "ENVIRONMENT", "KEY", "FROM", "UNTIL", "");
        for (var ring : all.entrySet()) {
            for (var key : ring.getValue().keys()) {
                print(ring.getKey(), key);
            }
        }
        terminal.out().flush();
        return 0;
    }

    private void print(String environment, TrustedKey key) {
        var state = key.revoked() != null ? "revoked: " + key.reason() : key.signs() ? "signs" : "trusted";
        terminal.out()
                .printf(ROW, environment, key.key().id(), key.from(), key.until() == null ? "" : key.until(), state);
    }

    /** Changes a ring and writes it down; the checkpoint that follows is signed by the ledger's key of then. */
    private static TrustedKey changed(
            Terminal terminal, Clock clock, String name, String action, String reason, Change change)
            throws InterruptedException {
        var ring = ring(terminal, clock, name);
        try (var open = OpenLedger.of(terminal, clock)) {
            var key = change.of(ring);
            var project = name.contains("/") ? name.substring(0, name.indexOf('/')) : "";
            var environment = name.substring(name.indexOf('/') + 1);
            open.write(action, new Thing("key", key.key().id(), project, environment), Outcome.SUCCEEDED, reason);
            return key;
        }
    }

    private interface Change {
        TrustedKey of(KeyRing ring) throws InterruptedException;
    }

    private static KeyRing ring(Terminal terminal, Clock clock, String name) {
        var all = all(terminal, clock);
        var ring = all.get(name);
        if (ring == null) {
            throw UserError.usage("there are no keys of '%s'".formatted(name))
                    .fix(Nearest.to(name, all.keySet())
                            .map("did you mean '%s'?"::formatted)
                            .orElse("see: stepzero keys"));
        }
        return ring;
    }

    /** Prints a public key. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Prints the public key that signs now, in PEM: for stepzero verify --key and cosign --key.",
            footer = {"", "Example: stepzero keys export invoicer/production > production.pem"})
    static final class Export implements Callable<Integer> {
        private final Terminal terminal;
        private final Clock clock;

        @Parameters(paramLabel = "PROJECT/ENVIRONMENT", description = "Whose key.")
        private String name = "";

        Export(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.clock = clock;
        }

        @Override
        public Integer call() throws InterruptedException {
            terminal.out()
                    .print(ring(terminal, clock, name).signing().verification().pem());
            terminal.out().flush();
            return 0;
        }
    }

    /** Makes a new key. */
    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Lets a new key sign from now on. What the old one signed stays good; its private half is"
                    + " deleted.",
            footer = {"", "Example: stepzero keys rotate invoicer/production"})
    static final class Rotate implements Callable<Integer> {
        private final Terminal terminal;
        private final Clock clock;

        @Parameters(paramLabel = "PROJECT/ENVIRONMENT", description = "Whose key.")
        private String name = "";

        Rotate(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.clock = clock;
        }

        @Override
        public Integer call() throws InterruptedException {
            var key = changed(terminal, clock, name, "key.rotate", "", KeyRing::rotate);
            terminal.out().printf("%s signs for %s from now on%n", key.key().id(), name);
            terminal.out().flush();
            return 0;
        }
    }

    /** Takes a key back. */
    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description =
                    "Takes a key back: nothing that it ever signed is deployed again or verifies. If it is the one"
                            + " that signs, a new one takes its place.",
            footer = {
                "",
                "What runs goes on running: ship its commit again to have it signed anew.",
                "",
                "Example: stepzero keys revoke invoicer/production SHA256:abcd --reason 'the laptop was stolen'"
            })
    static final class Revoke implements Callable<Integer> {
        private final Terminal terminal;
        private final Clock clock;

        @Parameters(index = "0", paramLabel = "PROJECT/ENVIRONMENT", description = "Whose key.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "KEY", description = "The key's id, or its beginning.")
        private String key = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        Revoke(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.clock = clock;
        }

        @Override
        public Integer call() throws InterruptedException {
            var revoked = changed(terminal, clock, name, "key.revoke", reason, ring -> ring.revoke(key, reason));
            terminal.out().printf("%s is revoked%n", revoked.key().id());
            terminal.out().flush();
            return 0;
        }
    }
}
