package dev.stepzero.cli;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.keys.KeyRings;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.ship.yaml.Nearest;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and changes the keys that sign releases. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Shows the keys that sign images and evidence, one ring for each environment.",
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
    private final KeyRings rings;

    KeysCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.rings = rings(terminal, clock);
    }

    private static KeyRings rings(Terminal terminal, Clock clock) {
        return new KeyRings(Home.of(terminal.environment()).keys(), clock);
    }

    @Override
    public Integer call() throws InterruptedException {
        var all = rings.all();
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

    private static KeyRing ring(KeyRings rings, String name) {
        var all = rings.all();
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
        private final KeyRings rings;

        @Parameters(index = "0", paramLabel = "PROJECT/ENVIRONMENT", description = "Whose key.")
        private String name = "";

        OfRing(Terminal terminal, Clock clock) {
            this.terminal = terminal;
            this.rings = rings(terminal, clock);
        }

        abstract String act(KeyRing ring, String called) throws InterruptedException;

        @Override
        public Integer call() throws InterruptedException {
            terminal.out().print(act(ring(rings, name), name));
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
        String act(KeyRing ring, String called) throws InterruptedException {
            return ring.signing().verification().pem();
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
        String act(KeyRing ring, String called) throws InterruptedException {
            return "%s signs for %s from now on%n".formatted(ring.rotate().key().id(), called);
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
        String act(KeyRing ring, String called) throws InterruptedException {
            return "%s is revoked%n".formatted(ring.revoke(key, reason).key().id());
        }
    }
}
