package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.core.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the lists that say which CVEs are exploited, or how likely that is. */
final class Lists {
    private static final int LONGEST_LINE = 1_000;

    private final Limits limits;

    Lists(Limits limits) {
        this.limits = limits;
    }

    /**
     * What a list says.
     *
     * @param published the day it is of; empty where it does not tell
     */
    record Listing(Pairs pairs, String published) {}

    /** Reads CISA's catalogue of known exploited vulnerabilities, as JSON. @throws UserError if the file is none */
    Listing exploited(Path file, String location) throws IOException {
        var pairs = new Pairs();
        try (var in = limited(file, location)) {
            var root = JsonMapper.shared().readTree(in);
            for (var entry : root.path("vulnerabilities")) {
                var key = CveTable.key(entry.path("cveID").asString(""));
                if (key.isPresent()) {
                    var ransom = entry.path("knownRansomwareCampaignUse").asString("");
                    var since = LocalDate.parse(entry.path("dateAdded").asString(""));
                    pairs.add(key.getAsLong(), new Exploitation.Known(since, ransom.equals("Known")).packed());
                }
            }
            if (pairs.size() > 0) {
                return new Listing(pairs, root.path("dateReleased").asString(""));
            }
        } catch (JacksonException | DateTimeParseException e) {
            throw wrong(location, "CISA's list of exploited vulnerabilities", String.valueOf(e.getMessage()))
                    .because(e);
        }
        throw wrong(location, "CISA's list of exploited vulnerabilities", "it names none");
    }

    /** Reads EPSS's scores as CSV, compressed or not. @throws UserError if the file has none */
    Listing probabilities(Path file, String location) throws IOException {
        var pairs = new Pairs();
        var published = "";
        try (var in = limited(file, location)) {
            for (var line = line(in, location); !line.isEmpty(); line = line(in, location)) {
                int date = line.indexOf("score_date:");
                if (line.startsWith("#") && date >= 0) {
                    published = line.substring(date + "score_date:".length()).strip();
                }
                var cells = line.split(",", 4);
                var key = CveTable.key(cells[0]);
                if (key.isPresent() && cells.length >= 2) {
                    pairs.add(key.getAsLong(), Double.doubleToLongBits(probability(cells[1], location)));
                }
            }
        }
        if (pairs.size() == 0) {
            throw wrong(location, "a list of EPSS scores", "it names none");
        }
        return new Listing(pairs, published);
    }

    private static double probability(String text, String location) {
        try {
            double probability = Double.parseDouble(text);
            if (probability >= 0 && probability <= 1) {
                return probability;
            }
        } catch (NumberFormatException e) {
            throw wrong(location, "a list of EPSS scores", "'%.20s' is no probability".formatted(text))
                    .because(e);
        }
        throw wrong(location, "a list of EPSS scores", "'%.20s' is no probability".formatted(text));
    }

    /** A line without its end; empty at the end of the file. */
    private static String line(InputStream in, String location) throws IOException {
        var line = new java.io.ByteArrayOutputStream(64);
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                if (line.size() > 0) {
                    break;
                }
            } else if (next != '\r') {
                line.write(next);
                if (line.size() > LONGEST_LINE) {
                    throw wrong(location, "a list of EPSS scores", "a line has more than 1,000 characters");
                }
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static UserError wrong(String location, String what, String why) {
        return UserError.unreadable("it is not %s: %s".formatted(what, why))
                .at(location)
                .fix("get it from where it is published");
    }

    private InputStream limited(Path file, String location) throws IOException {
        var raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        raw.mark(2);
        boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        var unpacked = packed ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16) : raw;
        return new Bounded(unpacked, limits.table(), location);
    }

    /** Ends with an error where more is read than allowed. */
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private final String location;
        private long left;

        Bounded(InputStream in, long most, String location) {
            this.in = in;
            this.left = most;
            this.location = location;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw UserError.unreadable("it unpacks to more than a list of CVEs ever has")
                        .at(location)
                        .fix("get it again from where it is published");
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
