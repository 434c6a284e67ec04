package dev.stepzero.scan.vulnerabilities.cvss;

import java.util.List;

/**
 * A group of metrics that lower a score of CVSS 4.0 together: the equivalence classes, of which the third and the sixth
 * depend on each other. The fifth has one metric only, so that no vector lies below the worst of its class.
 */
enum Group {
    EXPLOITABILITY("AV PR UI") {
        @Override
        double nextLower(int[] macro, MacroVectors scores) {
            return stepped(macro, scores, 0);
        }

        @Override
        List<String> worst(int[] macro) {
            return List.of(List.of("NNN"), List.of("ANN", "NLN", "NNP"), List.of("PNN", "ALP"))
                    .get(macro[0]);
        }

        @Override
        int depth(int[] macro) {
            return new int[] {1, 4, 5}[macro[0]];
        }
    },
    COMPLEXITY("AC AT") {
        @Override
        double nextLower(int[] macro, MacroVectors scores) {
            return stepped(macro, scores, 1);
        }

        @Override
        List<String> worst(int[] macro) {
            return macro[1] == 0 ? List.of("LN") : List.of("HN", "LP");
        }

        @Override
        int depth(int[] macro) {
            return macro[1] + 1;
        }
    },
    VULNERABLE_SYSTEM("VC VI VA CR IR AR") {
        @Override
        double nextLower(int[] macro, MacroVectors scores) {
            if (macro[5] == 1) {
                return stepped(macro, scores, 2);
            }
            double lessWanted = stepped(macro, scores, 5);
            return macro[2] == 0 ? Math.max(lessWanted, stepped(macro, scores, 2)) : lessWanted;
        }

        @Override
        List<String> worst(int[] macro) {
            return switch (macro[2] * 10 + macro[5]) {
                case 0 -> List.of("HHHHHH");
                case 1 -> List.of("HHLMMH", "HHHMMM");
                case 10 -> List.of("LHHHHH", "HLHHHH");
                case 11 -> List.of("LHLHMH", "LHHHMM", "HLHMHM", "HLLMHH", "LLHHHM");
                default -> List.of("LLLHHH");
            };
        }

        @Override
        int depth(int[] macro) {
            return switch (macro[2]) {
                case 0 -> macro[5] == 0 ? 7 : 6;
                case 1 -> 8;
                default -> 10;
            };
        }
    },
    SUBSEQUENT_SYSTEM("SC SI SA") {
        @Override
        double nextLower(int[] macro, MacroVectors scores) {
            return stepped(macro, scores, 3);
        }

        @Override
        List<String> worst(int[] macro) {
            return List.of(List.of("HSS"), List.of("HHH"), List.of("LLL")).get(macro[3]);
        }

        @Override
        int depth(int[] macro) {
            return 6 - macro[3];
        }
    },
    EXPLOITATION("E") {
        @Override
        double nextLower(int[] macro, MacroVectors scores) {
            return stepped(macro, scores, 4);
        }

        @Override
        List<String> worst(int[] macro) {
            return List.of("APU".substring(macro[4], macro[4] + 1));
        }

        @Override
        int depth(int[] macro) {
            return 1;
        }
    };

    private final String metrics;

    Group(String metrics) {
        this.metrics = metrics;
    }

    /** The score of the next lower MacroVector in this group's direction; not a number where there is none. */
    abstract double nextLower(int[] macro, MacroVectors scores);

    /** The worst vectors of the MacroVector, a letter for each metric. */
    abstract List<String> worst(int[] macro);

    /** The steps from the worst vector of the MacroVector to the end of it. */
    abstract int depth(int[] macro);

    /** The steps from the first worst vector that is nowhere better than this one. */
    int distance(int[] macro, Version4 vector) {
        var names = metrics.split(" ", -1);
        for (var worst : worst(macro)) {
            int sum = 0;
            boolean above = true;
            for (int i = 0; i < names.length; i++) {
                int steps = vector.level(names[i]) - Version4.level(names[i], worst.charAt(i));
                above &= steps >= 0;
                sum += steps;
            }
            if (above) {
                return sum;
            }
        }
        throw new IllegalStateException("every vector has a worst one above it");
    }

    private static double stepped(int[] macro, MacroVectors scores, int at) {
        var lower = macro.clone();
        lower[at]++;
        return scores.score(lower);
    }
}
