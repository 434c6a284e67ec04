package dev.stepzero.scan.packages.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Maven version. Maven reads it into lists: a hyphen, and each border between digits and letters, opens a list within
 * the list, which is therefore always the last item of the one around it. Here the lists lie one behind the other, so
 * that no depth of nesting costs a stack.
 *
 * @param lists each list's items, without the nulls at its end; a list is followed by the one nested in it
 */
record MavenVersion(List<List<Item>> lists) {

    /** What a list holds: a number, a qualifier, or at its end the next list. */
    private sealed interface Item {
        /** What stands for the list within a list. */
        enum Nested implements Item {
            LIST
        }

        /** A number, as digits without zeros in front; zero has none. */
        record Numeral(String digits) implements Item {}

        /**
         * A word.
         *
         * @param rank its place among the qualifiers that Maven knows
         * @param word the word, if Maven does not know it
         */
        record Qualifier(int rank, String word) implements Item {}
    }

    private static final int RELEASE = 5;
    private static final int UNKNOWN = 7;

    static MavenVersion of(String text) {
        return new Parsing(text).version();
    }

    int compareTo(MavenVersion other) {
        for (int depth = 0; ; depth++) {
            for (int i = 0; ; i++) {
                var item = item(depth, i);
                var others = other.item(depth, i);
                if (item == Item.Nested.LIST && others == Item.Nested.LIST) {
                    break;
                }
                if (item == null && others == null) {
                    return 0;
                }
                int difference = item == null
                        ? -other.againstNothing(depth, i)
                        : others == null ? againstNothing(depth, i) : compare(item, others);
                if (difference != 0) {
                    return difference;
                }
            }
        }
    }

    private @Nullable Item item(int depth, int index) {
        var list = lists.get(depth);
        if (index < list.size()) {
            return list.get(index);
        }
        return index == list.size() && depth + 1 < lists.size() ? Item.Nested.LIST : null;
    }

    /** How an item compares with an end; of a list within, the first item that is not the same as nothing decides. */
    private int againstNothing(int depth, int index) {
        var item = item(depth, index);
        if (item != Item.Nested.LIST) {
            return item == null ? 0 : againstNothing(item);
        }
        for (var list : lists.subList(depth + 1, lists.size())) {
            for (var each : list) {
                int difference = againstNothing(each);
                if (difference != 0) {
                    return difference;
                }
            }
        }
        return 0;
    }

    private static int againstNothing(Item item) {
        return switch (item) {
            case Item.Numeral number -> number.digits().isEmpty() ? 0 : 1;
            case Item.Qualifier qualifier -> Integer.compare(qualifier.rank(), RELEASE);
            case Item.Nested list -> 0;
        };
    }

    /** A qualifier comes before a list, and a list before a number: {@code 1-sp} before {@code 1-1} before {@code 1.1}. */
    private static int compare(Item one, Item other) {
        if (one instanceof Item.Numeral a && other instanceof Item.Numeral b) {
            return Digits.compare(a.digits(), b.digits());
        }
        if (one instanceof Item.Qualifier a && other instanceof Item.Qualifier b) {
            return a.rank() != b.rank()
                    ? Integer.compare(a.rank(), b.rank())
                    : a.word().compareTo(b.word());
        }
        return Integer.compare(kind(one), kind(other));
    }

    private static int kind(Item item) {
        return switch (item) {
            case Item.Qualifier qualifier -> 0;
            case Item.Nested list -> 1;
            case Item.Numeral number -> 2;
        };
    }

    private static final class Parsing {
        private final String text;
        private final List<List<Item>> lists = new ArrayList<>();
        private List<Item> list = new ArrayList<>();
        private int start;
        private boolean digits;

        Parsing(String text) {
            this.text = text.toLowerCase(Locale.ENGLISH);
            lists.add(list);
        }

        MavenVersion version() {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '.' || c == '-') {
                    list.add(i == start ? new Item.Numeral("") : item(i));
                    start = i + 1;
                    if (c == '-') {
                        nest();
                    }
                } else if (Character.isDigit(c)) {
                    if (!digits && i > start) {
                        nestUnlessEmpty();
                        list.add(qualifier(text.substring(start, i), true));
                        start = i;
                        nest();
                    }
                    digits = true;
                } else {
                    if (digits && i > start) {
                        list.add(item(i));
                        start = i;
                        nest();
                    }
                    digits = false;
                }
            }
            if (text.length() > start) {
                if (!digits) {
                    nestUnlessEmpty();
                }
                list.add(item(text.length()));
            }
            return normal();
        }

        private void nest() {
            list = new ArrayList<>();
            lists.add(list);
        }

        /** A qualifier after a dot is as one after a hyphen: {@code 1.0.rc} is {@code 1.0-rc}. */
        private void nestUnlessEmpty() {
            if (!list.isEmpty()) {
                nest();
            }
        }

        private Item item(int end) {
            var part = text.substring(start, end);
            return digits ? number(part) : qualifier(part, false);
        }

        private static Item number(String part) {
            var plain = new StringBuilder();
            for (int i = 0; i < part.length(); i++) {
                int digit = Character.digit(part.charAt(i), 10);
                if (digit > 0 || !plain.isEmpty()) {
                    plain.append((char) ('0' + digit));
                }
            }
            return new Item.Numeral(plain.toString());
        }

        private static Item qualifier(String word, boolean beforeDigit) {
            return switch (word) {
                case "alpha" -> known(0);
                case "beta" -> known(1);
                case "milestone" -> known(2);
                case "rc", "cr" -> known(3);
                case "snapshot" -> known(4);
                case "", "ga", "final", "release" -> known(RELEASE);
                case "sp" -> known(6);
                case "a" -> beforeDigit ? known(0) : unknown(word);
                case "b" -> beforeDigit ? known(1) : unknown(word);
                case "m" -> beforeDigit ? known(2) : unknown(word);
                default -> unknown(word);
            };
        }

        private static Item known(int rank) {
            return new Item.Qualifier(rank, "");
        }

        private static Item unknown(String word) {
            return new Item.Qualifier(UNKNOWN, word);
        }

        /** Without what is the same as nothing at the ends of lists, and without lists that are empty then. */
        private MavenVersion normal() {
            for (var each : lists) {
                while (!each.isEmpty() && againstNothing(each.getLast()) == 0) {
                    each.removeLast();
                }
            }
            while (lists.size() > 1 && lists.getLast().isEmpty()) {
                lists.removeLast();
            }
            return new MavenVersion(lists);
        }
    }
}
