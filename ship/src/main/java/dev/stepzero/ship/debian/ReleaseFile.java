package dev.stepzero.ship.debian;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A suite's table of contents: which files belong to it, by digest.
 *
 * @param byHash whether files can be fetched under their digest, which does not change while a mirror is updated
 * @param automatic whether apt would install from the suite without being asked to; backports are not
 */
record ReleaseFile(Map<String, Entry> files, boolean byHash, boolean automatic) {
    /** How far this machine's clock may be ahead of the archive's. */
    private static final Duration TOLERANCE = Duration.ofDays(1);

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss z", Locale.ENGLISH);

    record Entry(Digest sha256, long size) {}

    ReleaseFile {
        files = Map.copyOf(files);
    }

    Optional<Entry> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** Reads a text whose signature was verified, and refuses it when its time is over. */
    static ReleaseFile read(String text, Source source, Instant now) {
        var stanza = onlyStanza(text);
        var place = source.file("InRelease").toString();
        if (source.expires() && stanza.containsKey("valid-until")) {
            var end = date(stanza.get("valid-until"), place);
            if (now.isAfter(end.plus(TOLERANCE))) {
                throw UserError.blocked("the Debian archive is refused: its package lists ended being valid on " + end)
                        .at(place)
                        .fix("update the mirror, or set the clock right");
            }
        }
        return new ReleaseFile(
                entries(stanza.getOrDefault("sha256", "")),
                stanza.getOrDefault("acquire-by-hash", "no").equals("yes"),
                !stanza.getOrDefault("notautomatic", "no").equals("yes"));
    }

    private static Map<String, String> onlyStanza(String text) {
        try {
            return new Stanzas(new BufferedReader(new StringReader(text)), Set.of())
                    .next()
                    .orElse(Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant date(String text, String place) {
        try {
            return ZonedDateTime.parse(text, DATE).toInstant();
        } catch (DateTimeParseException e) {
            throw UserError.unreadable("'" + text + "' is not a date").at(place).because(e);
        }
    }

    private static Map<String, Entry> entries(String field) {
        var entries = new HashMap<String, Entry>();
        for (var line : field.lines().toList()) {
            var words = line.strip().split("\\s+", -1);
            if (words.length == 3 && words[1].matches("[0-9]{1,12}")) {
                entries.put(words[2], new Entry(new Digest(words[0]), Long.parseLong(words[1])));
            }
        }
        return entries;
    }
}
