package dev.stepzero.ship.sandbox;

import dev.stepzero.ship.engine.StepOutput;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns the bytes that a program writes, in whatever chunks they come, into lines that are safe to show and store:
 * malformed UTF-8 is replaced, escape sequences and control characters are left out, and a long line is cut.
 */
final class CleanLines {
    private static final int LONGEST = 16 * 1024;
    private static final String CUT = " [cut]";
    private static final int BYTES = 8192;

    private final StepOutput output;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    private final CharBuffer characters = CharBuffer.allocate(BYTES);
    private final StringBuilder line = new StringBuilder();
    private Escape escape = Escape.NONE;
    private boolean afterReturn;
    private boolean cut;

    /** Where in an ECMA-48 escape sequence the reader is. */
    private enum Escape {
        NONE,
        BEGUN,
        CONTROL,
        TEXT,
        TEXT_ENDING
    }

    CleanLines(StepOutput output) {
        this.output = output;
    }

    /** Takes the next bytes. */
    void write(byte[] chunk, int offset, int length) {
        var from = offset;
        var end = offset + length;
        while (from < end) {
            var part = Math.min(bytes.remaining(), end - from);
            bytes.put(chunk, from, part);
            from += part;
            decode(false);
        }
    }

    /** Gives out what is left without a line feed. */
    void finish() {
        decode(true);
        decoder.flush(characters);
        take();
        if (!line.isEmpty()) {
            emit();
        }
    }

    private void decode(boolean last) {
        bytes.flip();
        while (decoder.decode(bytes, characters, last).isOverflow()) {
            take();
        }
        take();
        bytes.compact();
    }

    private void take() {
        characters.flip();
        while (characters.hasRemaining()) {
            take(characters.get());
        }
        characters.clear();
    }

    private void take(char c) {
        if (c == '\n' || c == '\r') {
            if (!(c == '\n' && afterReturn)) {
                emit();
            }
            afterReturn = c == '\r';
            escape = Escape.NONE;
            return;
        }
        afterReturn = false;
        if (escape != Escape.NONE || c == '\u001b' || c == '\u009b') {
            escape = after(c);
        } else if (c == '\t' || !Character.isISOControl(c)) {
            append(c);
        }
    }

    private Escape after(char c) {
        return switch (escape) {
            case NONE -> c == '\u009b' ? Escape.CONTROL : Escape.BEGUN;
            case BEGUN ->
                switch (c) {
                    case '[' -> Escape.CONTROL;
                    case ']', 'P', 'X', '^', '_' -> Escape.TEXT;
                    default -> c >= 0x20 && c <= 0x2f ? Escape.BEGUN : Escape.NONE;
                };
            case CONTROL -> c >= 0x40 && c <= 0x7e ? Escape.NONE : Escape.CONTROL;
            case TEXT -> c == '\u0007' ? Escape.NONE : c == '\u001b' ? Escape.TEXT_ENDING : Escape.TEXT;
            case TEXT_ENDING -> Escape.NONE;
        };
    }

    private void append(char c) {
        if (line.length() < LONGEST) {
            line.append(c);
        } else {
            cut = true;
        }
    }

    private void emit() {
        output.line(cut ? line + CUT : line.toString());
        line.setLength(0);
        cut = false;
    }
}
