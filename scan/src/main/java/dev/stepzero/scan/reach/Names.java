package dev.stepzero.scan.reach;

import java.util.function.Consumer;

/** Finds what might be names of classes or packages in a text: a descriptor, a string of the code, a configuration file. */
final class Names {
    private static final int LONGEST = 1000;

    private Names() {}

    /**
     * Goes through the words that have a dot or slash within.
     *
     * @param each takes them with slashes, as the JVM writes names
     */
    static void in(String text, Consumer<String> each) {
        int begin = -1;
        boolean parted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (c == '.' || c == '/') {
                parted |= begin >= 0;
            } else if (Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c)) {
                begin = begin < 0 ? i : begin;
            } else {
                if (begin >= 0 && parted && i - begin <= LONGEST) {
                    each.accept(text.substring(begin, i).replace('.', '/'));
                }
                begin = -1;
                parted = false;
            }
        }
    }

    /** How people write a class's name. */
    static String readable(String internal) {
        return internal.replace('/', '.');
    }
}
