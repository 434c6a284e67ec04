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

    interface Change {
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

    /** Does something with the ring of one environment, and prints what came of it. */
    abstract static class OfRing implements Callable<Integer> {
        private final Terminal terminal;
        private final Clock clock;

        @Parameters(index = "0", paramLabel = "PROJECT/ENVIRONMENT", description = "Whose key.")
        private String name = "";

        OfRing(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.clock = clock;
        }

        abstract String act(String called) throws InterruptedException;

        final KeyRing ring(String called) {
            return KeysCommand.ring(terminal, clock, called);
        }

        /** Changes the ring and writes it down; the checkpoint that follows is signed by the ledger's key of then. */
        final TrustedKey changed(String called, String action, String why, Change change) throws InterruptedException {
            var ring = ring(called);
            try (var ledger = OpenLedger.of(terminal, clock)) {
                var key = change.of(ring);
                var project = called.contains("/") ? called.substring(0, called.indexOf('/')) : "";
                var environment = called.substring(called.indexOf('/') + 1);
                ledger.write(action, new Thing("key", key.key().id(), project, environment), Outcome.SUCCEEDED, why);
                return key;
            }
        }

        @Override
        public Integer call() throws InterruptedException {
            terminal.out().print(act(name));
            terminal.out().flush();
            return 0;
        }
    }

    /** Prints a public key. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Prints the public key that signs now, in PEM: for stepzero verify --key and cosign --key.",
            footer = {"", "Example: stepzero keys export invoicer/production > production.pem"})
    static final class Export extends OfRing {
        Export(Terminal terminal, Clock clock) {
            super(terminal, clock);
        }

        @Override
        String act(String called) throws InterruptedException {
            return ring(called).signing().verification().pem();
        }
    }

    /** Makes a new key. */
    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Lets a new key sign from now on. What the old one signed stays good; its private half is"
                    + " deleted.",
            footer = {"", "Example: stepzero keys rotate invoicer/production"})
    static final class Rotate extends OfRing {
        Rotate(Terminal terminal, Clock clock) {
            super(terminal, clock);
        }

        @Override
        String act(String called) throws InterruptedException {
            return "%s signs for %s from now on%n"
                    .formatted(
                            changed(called, "key.rotate", "", KeyRing::rotate)
                                    .key()
                                    .id(),
                            called);
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
    static final class Revoke extends OfRing {
        @Parameters(index = "1", paramLabel = "KEY", description = "The key's id, or its beginning.")
        private String key = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        Revoke(Terminal terminal, Clock clock) {
            super(terminal, clock);
        }

        @Override
        String act(String called) throws InterruptedException {
            var revoked = changed(called, "key.revoke", reason, ring -> ring.revoke(key, reason));
            return "%s is revoked%n".formatted(revoked.key().id());
        }
    }
}
