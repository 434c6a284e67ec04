package dev.stepzero.ship.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Cuts bytes into lines that are safe to show: no terminal sequence, no control character, nothing that turns the
 * direction of writing, no line over 16 KiB, and the replacement character where the bytes are no UTF-8.
 */
final class Lines {
    /** Ends a line that was cut. */
    static final String CUT = " [line cut]";

    private static final int LONGEST = 16 * 1024;
    /** ECMA-48 sequences: CSI, then OSC, DCS, SOS, PM and APC strings, then whatever else an escape begins. */
    private static final Pattern SEQUENCE = Pattern.compile("(?:\\u001B\\[|\\u009B)[0-?]*+[ -/]*+[@-~]?"
            + "|\\u001B[\\]PX^_][^\\u0007\\u001B]*+(?:\\u0007|\\u001B\\\\)?"
            + "|\\u001B[ -/]*+[0-~]?");

    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069&&[^\\t]]");

    private final Consumer<String> sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean cut;

    Lines(Consumer<String> sink) {
        this.sink = sink;
    }

    void take(byte[] bytes) {
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                keep(bytes, from, at);
                end();
                from = at + 1;
            }
        }
        keep(bytes, from, bytes.length);
    }

    /** Gives out what came after the last line feed. */
    void finish() {
        if (line.size() > 0) {
            end();
        }
    }

    private void keep(byte[] bytes, int from, int to) {
        int room = LONGEST - line.size();
        cut |= to - from > room;
        line.write(bytes, from, Math.min(to - from, room));
    }

    private void end() {
        var text = line.toString(StandardCharsets.UTF_8);
        sink.accept(clean(text) + (cut ? CUT : ""));
        line.reset();
        cut = false;
    }

    static String clean(String text) {
        return UNSEEN.matcher(SEQUENCE.matcher(text).replaceAll("")).replaceAll("");
    }
}
