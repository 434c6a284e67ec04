package dev.stepzero.ship.sandbox;

import dev.stepzero.ship.engine.StepOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hides secrets in lines on their way, also where they are encoded in one of the usual ways or go on over the ends of
 * lines, as {@code base64} and {@code fold} write them. It takes time linear in the text, and holds back no more of it
 * than may be the beginning of a secret.
 */
public final class Masking implements StepOutput {
    private static final byte[] MASK = "***".getBytes(StandardCharsets.US_ASCII);
    private static final int EMPTY_LINES = 4096;
    private static final int LEAST_HIDDEN = 4;
    private static final String BROKEN = "\uFFFD";

    private final StepOutput next;
    private final Automaton automaton;
    private final Runnable whenSeen;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int state = Automaton.START;

    // What is held back: bytes, and how many secrets begin at and end behind each.
    private byte[] held = new byte[1024];
    private int[] begins = new int[1024];
    private int[] ends = new int[1024];
    private int from;
    private int to;
    /** Bytes that were given out before the first of {@code held}. */
    private long before;
    /** Where the last bytes that are no line feeds stand, in a ring. */
    private final long[] places;

    private long read;
    private int open;
    private boolean masked;

    /**
     * @param next takes the masked lines
     * @param secrets what to hide; of several lines, also line by line
     * @param canaries what to hide likewise, and to tell of
     * @param whenSeen called each time that a canary shows up
     */
    Masking(StepOutput next, List<byte[]> secrets, List<byte[]> canaries, Runnable whenSeen) {
        this.next = next;
        this.whenSeen = whenSeen;
        var words = new ArrayList<byte[]>();
        var marks = new ArrayList<Boolean>();
        secrets.forEach(secret -> words.addAll(SecretForms.of(secret)));
        while (marks.size() < words.size()) {
            marks.add(false);
        }
        canaries.forEach(secret -> words.addAll(SecretForms.of(secret)));
        while (marks.size() < words.size()) {
            marks.add(true);
        }
        this.automaton = new Automaton(words, marks);
        words.forEach(word -> Arrays.fill(word, (byte) 0));
        this.places = new long[automaton.longest() + 1];
    }

    /** Takes a line that is cleaned of control characters. It waits while its end may be the beginning of a secret. */
    @Override
    public void line(String text) {
        if (automaton.longest() == 0) {
            next.line(text);
        } else {
            search(text);
        }
    }

    private void search(String text) {
        if (text.endsWith(Lines.CUT)) {
            var kept = text.substring(0, text.length() - Lines.CUT.length());
            // The cut may have gone through a character.
            read(kept.endsWith(BROKEN) ? kept.substring(0, kept.length() - BROKEN.length()) : kept);
            hideBeginning();
            state = Automaton.START;
            hold(Lines.CUT.getBytes(StandardCharsets.UTF_8));
        } else {
            read(text);
        }
        hold(new byte[] {'\n'});
        if (to - from > 2 * places.length + EMPTY_LINES) {
            state = Automaton.START;
        }
        release();
    }

    /** Gives out what was held back, and forgets the secrets. Nothing may be taken after it. */
    public void finish() {
        state = Automaton.START;
        release();
        automaton.forget();
        Arrays.fill(held, (byte) 0);
    }

    private void read(String text) {
        for (var one : text.getBytes(StandardCharsets.UTF_8)) {
            places[(int) (read % places.length)] = before + to - from;
            read++;
            hold(one);
            state = automaton.move(state, one);
            int found = automaton.found(state);
            if (found > 0) {
                hide(found);
                if (automaton.marked(state)) {
                    whenSeen.run();
                }
            }
        }
    }

    /** Hides what a cut left of a secret. */
    private void hideBeginning() {
        int depth = automaton.depth(state);
        if (depth >= LEAST_HIDDEN) {
            hide(depth);
        }
    }

    private void hide(int length) {
        begins[from + (int) (place(length) - before)]++;
        ends[to - 1]++;
    }

    /** Where the last but so many bytes stands, line feeds not counted. */
    private long place(int back) {
        return places[(int) ((read - back) % places.length)];
    }

    private void hold(byte[] bytes) {
        for (var one : bytes) {
            hold(one);
        }
    }

    private void hold(byte one) {
        if (to == held.length) {
            makeRoom();
        }
        held[to] = one;
        begins[to] = 0;
        ends[to] = 0;
        to++;
    }

    private void makeRoom() {
        int size = to - from;
        int length = size > held.length / 2 ? 2 * held.length : held.length;
        var bytes = new byte[length];
        System.arraycopy(held, from, bytes, 0, size);
        Arrays.fill(held, (byte) 0);
        held = bytes;
        begins = Arrays.copyOf(Arrays.copyOfRange(begins, from, to), length);
        ends = Arrays.copyOf(Arrays.copyOfRange(ends, from, to), length);
        from = 0;
        to = size;
    }

    /** Gives out everything that no secret can begin in any more. */
    private void release() {
        int depth = automaton.depth(state);
        int until = depth == 0 ? to : from + (int) (place(depth) - before);
        for (; from < until; from++, before++) {
            open += begins[from];
            if (held[from] == '\n') {
                next.line(line.toString(StandardCharsets.UTF_8));
                line.reset();
                masked = false;
            } else if (open == 0) {
                line.write(held[from]);
                masked = false;
            } else if (!masked) {
                line.writeBytes(MASK);
                masked = true;
            }
            open -= ends[from];
        }
        if (from == to) {
            from = 0;
            to = 0;
        }
    }
}
