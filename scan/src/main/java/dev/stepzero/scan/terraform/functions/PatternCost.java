package dev.stepzero.scan.terraform.functions;

/** How many steps a pattern costs at each character: repetitions in repetitions multiply, up to more than memory holds. */
final class PatternCost {
    private static final int MOST_STEPS = 20_000;
    private static final int DEEPEST = 200;

    /** RE2 takes time in proportion to pattern and text, which is still too long where both are huge. */
    private static final long MOST_WORK = 300_000_000;

    private PatternCost() {}

    /** @throws FunctionError if it is more than any pattern needs */
    static long of(String pattern) {
        var sums = new long[DEEPEST + 1];
        int depth = 0;
        long last = 0;
        for (int i = 0; i < pattern.length(); i++) {
            switch (pattern.charAt(i)) {
                case '(' -> {
                    if (++depth > DEEPEST) {
                        throw new FunctionError("invalid regexp pattern: expression nests too deeply");
                    }
                    sums[depth] = 1;
                    last = 0;
                }
                case ')' -> {
                    last = sums[depth];
                    depth = Math.max(0, depth - 1);
                    sums[depth] += last;
                }
                case '{' -> {
                    int end = pattern.indexOf('}', i);
                    sums[depth] += last * Math.max(0, times(pattern, i + 1, end) - 1);
                    last *= Math.max(1, times(pattern, i + 1, end));
                }
                case '\\' -> {
                    i++;
                    last = 1;
                    sums[depth]++;
                }
                case '?', '*', '+', '|', '^', '$' -> sums[depth]++;
                default -> {
                    last = 1;
                    sums[depth]++;
                }
            }
            if (sums[depth] > MOST_STEPS || last > MOST_STEPS) {
                throw new FunctionError("invalid regexp pattern: expression too large");
            }
        }
        return sums[depth] + pattern.length();
    }

    /** The larger number of <code>{n,m}</code>; 1 where the brace is none of a repetition. */
    private static long times(String pattern, int from, int end) {
        long most = 0;
        long number = 0;
        for (int i = from; i < end; i++) {
            char c = pattern.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.min(number * 10 + (c - '0'), MOST_STEPS);
                most = Math.max(most, number);
            } else if (c == ',') {
                number = 0;
            } else {
                return 1;
            }
        }
        return end < 0 ? 1 : most;
    }

    static void check(long work) {
        if (work > MOST_WORK) {
            throw new FunctionError("the pattern and the text are too large for each other");
        }
    }
}
