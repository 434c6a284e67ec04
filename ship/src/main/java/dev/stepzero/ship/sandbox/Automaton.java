package dev.stepzero.ship.sandbox;

import java.util.Arrays;
import java.util.List;

/**
 * Finds many words in one pass over a text (A. V. Aho and M. J. Corasick, "Efficient string matching", 1975). A state is
 * the longest beginning of a word with which what was read ends; for each byte it takes a constant number of moves on
 * average, whatever the words are.
 */
final class Automaton {
    static final int START = 0;

    private static final int NONE = -1;

    // A trie: the children of a state are a list, of which all but the first few states' have one member.
    private int[] child = new int[64];
    private int[] sibling = new int[64];
    private byte[] label = new byte[64];
    private int[] depth = new int[64];
    private int[] found = new int[64];
    private boolean[] marked = new boolean[64];
    private int[] fallback = {};
    private final int[] first = new int[256];
    private int states = 1;
    private int longest;

    /**
     * @param words what is looked for, none of them empty
     * @param marks for each word, whether finding it is special
     */
    Automaton(List<byte[]> words, List<Boolean> marks) {
        Arrays.fill(first, NONE);
        child[START] = NONE;
        for (int at = 0; at < words.size(); at++) {
            add(words.get(at), marks.get(at));
        }
        link();
    }

    /** The length of the longest word. */
    int longest() {
        return longest;
    }

    /** The state after one more byte. */
    int move(int from, byte read) {
        int state = from;
        int next = next(state, read);
        while (next == NONE && state != START) {
            state = fallback[state];
            next = next(state, read);
        }
        return next == NONE ? START : next;
    }

    /** How many of the last bytes may be the beginning of a word. */
    int depth(int state) {
        return depth[state];
    }

    /** The length of the longest word that ends here; 0 where none does. */
    int found(int state) {
        return found[state];
    }

    /** Whether a marked word ends here. */
    boolean marked(int state) {
        return marked[state];
    }

    /** Overwrites the words. */
    void forget() {
        Arrays.fill(label, (byte) 0);
        Arrays.fill(first, NONE);
        Arrays.fill(child, NONE);
    }

    private int next(int state, byte read) {
        if (state == START) {
            return first[read & 0xFF];
        }
        int next = child[state];
        while (next != NONE && label[next] != read) {
            next = sibling[next];
        }
        return next;
    }

    private void add(byte[] word, boolean mark) {
        int state = START;
        for (var one : word) {
            int next = next(state, one);
            state = next == NONE ? grow(state, one) : next;
        }
        found[state] = word.length;
        marked[state] |= mark;
        longest = Math.max(longest, word.length);
    }

    private int grow(int parent, byte read) {
        if (states == child.length) {
            int more = 2 * states;
            child = Arrays.copyOf(child, more);
            sibling = Arrays.copyOf(sibling, more);
            label = Arrays.copyOf(label, more);
            depth = Arrays.copyOf(depth, more);
            found = Arrays.copyOf(found, more);
            marked = Arrays.copyOf(marked, more);
        }
        int state = states++;
        child[state] = NONE;
        label[state] = read;
        depth[state] = depth[parent] + 1;
        if (parent == START) {
            first[read & 0xFF] = state;
            sibling[state] = NONE;
        } else {
            sibling[state] = child[parent];
            child[parent] = state;
        }
        return state;
    }

    /** Where to go on when a word turns out not to be the one: in the order of depths, as each needs those above. */
    private void link() {
        fallback = new int[states];
        var queue = new int[states];
        int end = 0;
        for (int state : first) {
            if (state != NONE) {
                queue[end++] = state;
            }
        }
        for (int begin = 0; begin < end; begin++) {
            int parent = queue[begin];
            for (int state = child[parent]; state != NONE; state = sibling[state]) {
                int shorter = move(fallback[parent], label[state]);
                fallback[state] = shorter;
                found[state] = Math.max(found[state], found[shorter]);
                marked[state] |= marked[shorter];
                queue[end++] = state;
            }
        }
    }
}
