package dev.stepzero.scan.secrets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds many words in bytes in one pass, whatever the case of their letters (Aho and Corasick, 1975): a dense table with a
 * column for each byte that occurs in a word, and one for all others.
 */
final class Keywords {
    private static final int BYTES = 256;

    private final byte[] columns = new byte[BYTES];
    private final int width;
    /** The next state times the width; as {@code ~} of it where words end there. */
    private final int[] next;
    /** The words that end in each state, the longest first. */
    private final int[][] ends;

    private final int longest;

    /** Takes what was found; the numbers are the words' places in the list. */
    interface Found {
        /** One word; answers whether to go on. */
        boolean word(int word, int end);
    }

    Keywords(List<String> words) {
        int columnCount = 1;
        for (var word : words) {
            for (int i = 0; i < word.length(); i++) {
                char c = Character.toLowerCase(word.charAt(i));
                if (columns[c] == 0) {
                    columns[c] = (byte) columnCount++;
                    columns[Character.toUpperCase(c)] = columns[c];
                }
            }
        }
        width = columnCount;
        longest = words.stream().mapToInt(String::length).max().orElse(0);
        var trie = new Trie(width);
        for (int word = 0; word < words.size(); word++) {
            trie.add(words.get(word), word, columns);
        }
        ends = new int[trie.size()][];
        next = new int[trie.size() * width];
        complete(trie);
    }

    /** The words as a tree: a state for each beginning of a word. */
    private static final class Trie {
        private final int width;
        private final List<int[]> children = new ArrayList<>();
        private final List<List<Integer>> own = new ArrayList<>();
        /** The states of each depth, with the state before and the column that leads here. */
        private final List<List<Step>> levels = new ArrayList<>();

        private record Step(int from, int column, int to) {}

        Trie(int width) {
            this.width = width;
            state();
        }

        private int state() {
            children.add(new int[width]);
            own.add(new ArrayList<>());
            return children.size() - 1;
        }

        void add(String word, int number, byte[] columns) {
            int state = 0;
            for (int i = 0; i < word.length(); i++) {
                int column = columns[Character.toLowerCase(word.charAt(i))];
                int to = children.get(state)[column];
                if (to == 0) {
                    to = state();
                    children.get(state)[column] = to;
                    if (levels.size() <= i) {
                        levels.add(new ArrayList<>());
                    }
                    levels.get(i).add(new Step(state, column, to));
                }
                state = to;
            }
            own.get(state).add(number);
        }

        int size() {
            return children.size();
        }
    }

    /**
     * Gives every state a way on for every byte, and the words that end with what it stands for. A state's row is its longest
     * end's, which is less deep, with its own children: copied, and not made byte by byte, for the start of a commit hook
     * waits for it.
     */
    private void complete(Trie trie) {
        var failure = new int[trie.size()];
        ends[0] = new int[0];
        for (var level : trie.levels) {
            for (var step : level) {
                int way = step.from() == 0 ? 0 : next[failure[step.from()] * width + step.column()];
                failure[step.to()] = (way < 0 ? ~way : way) / width;
                ends[step.to()] = joined(trie.own.get(step.to()), ends[failure[step.to()]]);
            }
            for (var step : level) {
                int place = step.to() * width;
                next[step.from() * width + step.column()] = ends[step.to()].length > 0 ? ~place : place;
            }
            for (var step : level) {
                System.arraycopy(next, failure[step.to()] * width, next, step.to() * width, width);
            }
        }
    }

    private static int[] joined(List<Integer> own, int[] others) {
        if (own.isEmpty()) {
            return others;
        }
        var all = Arrays.copyOf(others, own.size() + others.length);
        System.arraycopy(others, 0, all, own.size(), others.length);
        for (int i = 0; i < own.size(); i++) {
            all[i] = own.get(i);
        }
        return all;
    }

    int longest() {
        return longest;
    }

    /** Tells every word that ends in a part of the bytes, in the order of their ends. */
    void find(byte[] bytes, int from, int to, Found found) {
        int state = 0;
        for (int i = from; i < to; i++) {
            state = next[state + columns[bytes[i] & 0xff]];
            if (state < 0) {
                state = ~state;
                for (int word : ends[state / width]) {
                    if (!found.word(word, i + 1)) {
                        return;
                    }
                }
            }
        }
    }
}
