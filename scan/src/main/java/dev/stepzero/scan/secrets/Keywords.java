package dev.stepzero.scan.secrets;

import java.util.ArrayDeque;
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
        var trie = new ArrayList<int[]>();
        trie.add(new int[width]);
        var own = new ArrayList<List<Integer>>();
        own.add(new ArrayList<>());
        for (int word = 0; word < words.size(); word++) {
            int state = 0;
            for (int i = 0; i < words.get(word).length(); i++) {
                int column = columns[Character.toLowerCase(words.get(word).charAt(i))];
                if (trie.get(state)[column] == 0) {
                    trie.get(state)[column] = trie.size();
                    trie.add(new int[width]);
                    own.add(new ArrayList<>());
                }
                state = trie.get(state)[column];
            }
            own.get(state).add(word);
        }
        complete(trie, own);
        ends = own.stream()
                .map(each -> each.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        next = new int[trie.size() * width];
        for (int state = 0; state < trie.size(); state++) {
            for (int column = 0; column < width; column++) {
                int to = trie.get(state)[column];
                next[state * width + column] = ends[to].length > 0 ? ~(to * width) : to * width;
            }
        }
    }

    /** Gives every state a way on for every byte, and the words that end with what it stands for. */
    private static void complete(List<int[]> trie, List<List<Integer>> own) {
        var failure = new int[trie.size()];
        var queue = new ArrayDeque<Integer>();
        Arrays.stream(trie.getFirst()).filter(state -> state != 0).forEach(queue::add);
        while (!queue.isEmpty()) {
            int state = queue.remove();
            own.get(state).addAll(own.get(failure[state]));
            var row = trie.get(state);
            for (int column = 0; column < row.length; column++) {
                int fallen = trie.get(failure[state])[column];
                if (row[column] == 0) {
                    row[column] = fallen;
                } else {
                    failure[row[column]] = fallen;
                    queue.add(row[column]);
                }
            }
        }
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
