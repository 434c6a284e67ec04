package dev.stepzero.ship.forge;

/** Patterns in which a star stands for any characters but a slash; matching takes time by the product of the lengths. */
final class Stars {
    private Stars() {}

    static boolean match(String pattern, String text) {
        var reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (var i = 0; i < pattern.length(); i++) {
            var next = new boolean[text.length() + 1];
            var star = pattern.charAt(i) == '*';
            for (var at = 0; at <= text.length(); at++) {
                if (star) {
                    next[at] = reached[at] || (at > 0 && next[at - 1] && text.charAt(at - 1) != '/');
                } else if (at > 0) {
                    next[at] = reached[at - 1] && text.charAt(at - 1) == pattern.charAt(i);
                }
            }
            reached = next;
        }
        return reached[text.length()];
    }
}
