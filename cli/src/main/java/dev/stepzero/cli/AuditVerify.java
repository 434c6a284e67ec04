package dev.stepzero.cli;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.govern.report.Shown;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.guard.keys.VerificationKey;
import dev.stepzero.guard.ledger.Audited;
import dev.stepzero.guard.ledger.Checkpoint;
import dev.stepzero.guard.ledger.Fault;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.LedgerAudit;
import dev.stepzero.guard.ledger.SeenCheckpoint;
import dev.stepzero.guard.ledger.SignedCheckpoint;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proves that nobody tampered with the ledger. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Proves that nothing in the ledger was altered, removed, moved or put in between, or names the"
                + " first entry that is not the one it was.",
        footer = {
            "",
            "An export is judged offline, by the keys that --key names or else by those of this installation; the keys",
            "that it brings itself prove nothing. A checkpoint that was kept elsewhere shows that it was not brought",
            "back to an earlier state.",
            "",
            "Exit codes: 0 all is well, 1 somebody tampered with it, 3 it is no ledger, 4 the database does not answer.",
            "",
            "Examples:",
            "  stepzero audit verify",
            "  stepzero audit verify ledger.jsonl --key ledger.pem --checkpoint checkpoint-2026-11-01"
        })
final class AuditVerify implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Parameters(arity = "0..1", paramLabel = "EXPORT", description = "A file of stepzero audit export.")
    private @Nullable Path export;

    @Option(names = "--server-db", description = "Verify the database itself; so it is without an EXPORT.")
    private boolean database;

    @Option(names = "--key", paramLabel = "FILE", description = "A public key that is trusted, in PEM; repeatable.")
    private List<Path> keys = new ArrayList<>();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint that was seen earlier; repeatable.")
    private List<Path> checkpoints = new ArrayList<>();

    AuditVerify(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (export != null && database) {
            throw UserError.usage("--server-db does not go with an export").fix("leave one of them out");
        }
        var audited = export == null ? ofDatabase() : ofExport(export);
        print(audited);
        return audited.fault().isPresent() ? 1 : 0;
    }

    private Audited ofDatabase() throws InterruptedException {
        try (var open = OpenLedger.of(terminal, clock)) {
            open.installed().ledger().settle();
            var known = known();
            open.installed().seen().read().ifPresent(known::add);
            var audited = new LedgerAudit(trusted(), known).of(open.database().jdbi());
            var waiting = open.reader().pending();
            if (waiting > 0) {
                terminal.err().printf("%d entries wait for their number%n", waiting);
            }
            return audited;
        }
    }

    private Audited ofExport(Path file) throws InterruptedException {
        var trusted = trusted();
        if (trusted.isEmpty()) {
            throw UserError.usage("there is no key to verify by: an export does not vouch for itself")
                    .fix("name the ledger's public key with --key; where the ledger is kept,"
                            + " stepzero keys export ledger prints it");
        }
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            return new LedgerAudit(trusted, known()).of(in);
        } catch (IOException e) {
            throw UserError.unreadable("the export cannot be read: " + e.getMessage())
                    .at(file.toString())
                    .because(e);
        }
    }

    private List<SignedCheckpoint> known() {
        var known = new ArrayList<SignedCheckpoint>();
        for (var file : checkpoints) {
            known.add(new SeenCheckpoint(file)
                    .read()
                    .orElseThrow(
                            () -> UserError.unreadable("there is no such file").at(file.toString())));
        }
        return known;
    }

    private List<TrustedKey> trusted() throws InterruptedException {
        if (keys.isEmpty()) {
            var ring = InstalledLedger.keys(Home.of(terminal.environment()), clock);
            return ring.isEmpty() ? List.of() : ring.keys();
        }
        var trusted = new ArrayList<TrustedKey>();
        for (var file : keys) {
            try {
                trusted.add(TrustedKey.of(VerificationKey.ofPem(Files.readString(file))));
            } catch (IOException e) {
                throw UserError.unreadable("the key cannot be read: " + e.getMessage())
                        .at(file.toString())
                        .because(e);
            }
        }
        return trusted;
    }

    private void print(Audited audited) {
        var out = terminal.out();
        out.println(Shown.line(audited.origin())
                + (audited.size() == audited.from()
                        ? ", no entries"
                        : ", entries %d to %d".formatted(audited.from(), audited.size() - 1)));
        audited.fault().ifPresentOrElse(fault -> printFault(fault, audited), () -> {
            out.printf(
                    "nothing was altered, removed, moved or put in between: %d checkpoints hold%n",
                    audited.checkpoints());
            audited.good().ifPresent(good -> out.printf("root %s at %d entries%n", good.root(), good.size()));
        });
        if (audited.revoked() > 0) {
            out.printf(
                    "%d checkpoints of keys that were revoked do not count; later ones cover them%n",
                    audited.revoked());
        }
        if (audited.fault().isEmpty() && audited.unsigned() > 0) {
            out.printf("%d entries at the end are not signed yet%n", audited.unsigned());
        }
        out.flush();
    }

    private void printFault(Fault fault, Audited audited) {
        terminal.out().printf("TAMPERED: %s: %s%n", fault.where(), Shown.line(fault.what()));
        terminal.out()
                .println(audited.good()
                        .map(Checkpoint::size)
                        .map("all is well up to the checkpoint of %d entries"::formatted)
                        .orElse("no checkpoint vouches for what stands before it"));
    }
}
