package dev.stepzero.guard.ledger;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.keys.TrustedKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Proves that a ledger was not tampered with, by keys and checkpoints that do not come from it. A checkpoint that was seen
 * earlier is what shows that the ledger was not brought back to an earlier state, or is not another one altogether.
 */
public final class LedgerAudit {
    private final List<TrustedKey> keys;
    private final List<Checkpoint> known;

    /**
     * An audit.
     *
     * @param keys the keys whose signatures count
     * @param known checkpoints that were seen earlier
     * @throws UserError if one of those is not signed by one of the keys
     */
    public LedgerAudit(List<TrustedKey> keys, List<SignedCheckpoint> known) {
        this.keys = List.copyOf(keys);
        this.known = known.stream().map(this::believed).toList();
    }

    private Checkpoint believed(SignedCheckpoint signed) {
        return switch (signed.standing(keys)) {
            case SignedCheckpoint.Standing.Good _, SignedCheckpoint.Standing.Revoked _ -> signed.checkpoint();
            case SignedCheckpoint.Standing.Refused(var why) ->
                throw UserError.unreadable("the known checkpoint of size %d is not to be believed: %s"
                                .formatted(signed.checkpoint().size(), why))
                        .fix("name the public key that signed it with --key");
        };
    }

    /** Audits a database. */
    public Audited of(Jdbi jdbi) {
        var audit = new Audit(keys, known);
        new LedgerSource(jdbi).read(0, audit::accept);
        return audit.finish();
    }

    /**
     * Audits an export, or several one behind the other.
     *
     * @throws UserError if it does not begin as an export does
     */
    public Audited of(InputStream export) throws IOException {
        var audit = new Audit(keys, known);
        var lines = new BoundedLines(export, ExportLine.LONGEST);
        var reader = new ExportLine();
        try {
            if (!(lines.next().map(reader::read).orElse(null) instanceof Item.Opening opening)) {
                throw new IllegalArgumentException("its first line is no opening");
            }
            audit.accept(opening);
        } catch (IllegalArgumentException e) {
            throw UserError.unreadable("this is no export of a ledger: " + e.getMessage())
                    .fix("make one with: stepzero audit export")
                    .because(e);
        }
        read(lines, reader, audit);
        return audit.finish();
    }

    private static void read(BoundedLines lines, ExportLine reader, Audit audit) throws IOException {
        // An end that another part follows is none.
        Optional<Item> end = Optional.empty();
        try {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                var item = reader.read(line.get());
                if (item instanceof Item.End) {
                    end = Optional.of(item);
                } else if (end.isPresent() && !(item instanceof Item.Opening)) {
                    audit.unreadable("more stands behind the end");
                    return;
                } else {
                    end = Optional.empty();
                    if (!audit.accept(item)) {
                        return;
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            audit.unreadable("its line cannot be read: " + e.getMessage());
            return;
        }
        end.ifPresent(audit::accept);
    }
}
