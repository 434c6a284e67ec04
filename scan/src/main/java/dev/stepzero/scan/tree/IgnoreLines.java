package dev.stepzero.scan.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of a {@code .gitignore} that are used, and what asking them costs. Each star may end anywhere in a name, so
 * with many of them one name takes years.
 *
 * @param shapes how many lines there are of each shape
 * @param left whether lines were left out
 */
record IgnoreLines(String text, int count, Map<Shape, Integer> shapes, boolean left) {
    /** As many as hold at one place, of all files together; the longest that people write have hundreds. */
    private static final int MOST = 5_000;

    private static final int MOST_STARS = 3;

    /**
     * What makes a line slow.
     *
     * @param stars the most in one part of a path
     * @param doubles the parts that are {@code **}
     */
    record Shape(int stars, int doubles) {
        static Shape of(String line) {
            int stars = 0;
            int doubles = 0;
            for (var part : line.split("/", -1)) {
                if (part.equals("**")) {
                    doubles++;
                } else {
                    stars = Math.max(
                            stars, (int) part.chars().filter(c -> c == '*').count());
                }
            }
            return new Shape(stars, doubles);
        }

        boolean isQuick() {
            return stars <= MOST_STARS && doubles <= MOST_STARS;
        }

        /** How many steps a path takes at the most, about. */
        long steps(long characters, long parts) {
            return power(characters, stars - 1) * power(parts, doubles);
        }

        private static long power(long base, int exponent) {
            long result = 1;
            for (int i = 0; i < exponent; i++) {
                result *= base;
            }
            return result;
        }
    }

    /**
     * Takes what is quick enough.
     *
     * @param before how many lines hold already
     */
    static IgnoreLines of(String text, int before) {
        var shapes = new HashMap<Shape, Integer>();
        List<String> used = new ArrayList<>();
        boolean left = false;
        for (var line : (Iterable<String>) text.lines()::iterator) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var shape = Shape.of(line);
            if (shape.isQuick() && before + used.size() < MOST) {
                shapes.merge(shape, 1, Integer::sum);
                used.add(line);
            } else {
                left = true;
            }
        }
        return new IgnoreLines(String.join("\n", used), used.size(), Map.copyOf(shapes), left);
    }

    /** How many steps it takes at the most, about, to ask all lines for a path. */
    long steps(String path) {
        long parts = 1 + path.chars().filter(c -> c == '/').count();
        return shapes.entrySet().stream()
                .mapToLong(each -> each.getValue() * each.getKey().steps(path.length(), parts))
                .sum();
    }
}
