package dev.stepzero.guard.ledger;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.keys.TrustedKey;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Copies the ledger out, with all that an audit needs but the trust in the keys: a JSON object a line. It is written as it
 * is read, however large the ledger is.
 */
public final class LedgerExport {
    private static final int BUFFER = 1 << 16;

    private final LedgerSource source;
    private final List<TrustedKey> keys;

    /**
     * An export.
     *
     * @param keys those that the ledger trusts, for people to compare
     */
    public LedgerExport(Jdbi jdbi, List<TrustedKey> keys) {
        this.source = new LedgerSource(jdbi);
        this.keys = List.copyOf(keys);
    }

    /** Writes everything from an entry on. */
    public void write(long from, OutputStream out) throws IOException {
        write(from, out, true);
    }

    /**
     * Writes everything to a file. One that is there already is gone on with behind its last entry, whether it was cut or
     * has only become old.
     *
     * @return the number of the first entry that was written now
     * @throws UserError if there is a file that is no export
     */
    public long write(Path file) throws IOException {
        var resumed = Files.exists(file) ? Resumption.of(file) : new Resumption(0, 0);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(resumed.length());
            channel.position(resumed.length());
            var out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
            write(resumed.next(), out, resumed.length() == 0);
            out.flush();
            channel.force(true);
        }
        return resumed.next();
    }

    private void write(long from, OutputStream out, boolean opening) throws IOException {
        try {
            source.read(from, item -> {
                if (opening || !(item instanceof Item.Opening)) {
                    line(out, ExportLine.write(item, keys));
                }
                return true;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void line(OutputStream out, String line) {
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where an export goes on.
     *
     * @param next the number of the first entry that it lacks
     * @param length how many of its bytes stay: those in front of its last complete entry
     */
    private record Resumption(long next, long length) {

        static Resumption of(Path file) throws IOException {
            try (var in = Files.newInputStream(file)) {
                var lines = new BoundedLines(in, ExportLine.LONGEST);
                var export = new ExportLine();
                if (!(lines.next().map(export::read).orElse(null) instanceof Item.Opening opening)) {
                    throw new IllegalArgumentException("its first line is no opening");
                }
                var kept = new Resumption(opening.from(), lines.position());
                var next = opening.from();
                for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                    if (ExportLine.isEntry(line.get())) {
                        // What belongs behind an entry is written with it: so it goes on in front of the last one.
                        kept = new Resumption(
                                next, lines.position() - line.get().getBytes(StandardCharsets.UTF_8).length - 1);
                        next++;
                    }
                }
                return kept;
            } catch (IllegalArgumentException e) {
                throw UserError.unreadable("this is no export of a ledger: " + e.getMessage())
                        .at(file.toString())
                        .fix("name another file")
                        .because(e);
            }
        }
    }
}
