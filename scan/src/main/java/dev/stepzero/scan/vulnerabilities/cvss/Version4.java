package dev.stepzero.scan.vulnerabilities.cvss;

import java.util.Map;

/**
 * The score of CVSS 4.0, section 8 of the specification: the MacroVector's score, less how far the vector lies below the
 * worst of its MacroVector, in proportion to the distance to the next lower MacroVectors.
 */
final class Version4 {
    private static final Map<String, String> LETTERS = Map.ofEntries(
            Map.entry("AV", "NALP"),
            Map.entry("PR", "NLH"),
            Map.entry("UI", "NPA"),
            Map.entry("AC", "LH"),
            Map.entry("AT", "NP"),
            Map.entry("VC", "HLN"),
            Map.entry("VI", "HLN"),
            Map.entry("VA", "HLN"),
            // S is a value of the modified metrics only.
            Map.entry("SC", "SHLN"),
            Map.entry("SI", "SHLN"),
            Map.entry("SA", "SHLN"),
            Map.entry("CR", "HML"),
            Map.entry("IR", "HML"),
            Map.entry("AR", "HML"),
            Map.entry("E", "APU"));
    private static final MacroVectors SCORES = MacroVectors.read();

    private final Metrics metrics;

    Version4(Metrics metrics) {
        this.metrics = metrics;
        for (var metric : new String[] {"SC", "SI", "SA"}) {
            metrics.index(metric, "HLN");
        }
    }

    double score() {
        boolean harmless = level("VC") == 2
                && level("VI") == 2
                && level("VA") == 2
                && level("SC") == 3
                && level("SI") == 3
                && level("SA") == 3;
        int[] macro = {eq1(), eq2(), eq3(), eq4(), level("E"), eq6()};
        if (harmless) {
            return 0;
        }
        double worst = SCORES.score(macro);
        double sum = 0;
        int existing = 0;
        for (var group : Group.values()) {
            double lower = group.nextLower(macro, SCORES);
            if (!Double.isNaN(lower)) {
                existing++;
                sum += (worst - lower) * group.distance(macro, this) / group.depth(macro);
            }
        }
        double score = existing == 0 ? worst : worst - sum / existing;
        return Math.round((Math.clamp(score, 0, 10) + 1e-6) * 10) / 10.0;
    }

    /** How many steps a metric lies below its worst value; the modified metric counts where it is set. */
    int level(String metric) {
        var letters = LETTERS.getOrDefault(metric, "");
        var modified = metrics.values().getOrDefault("M" + metric, "X");
        if (!modified.equals("X")) {
            return metrics.index("M" + metric, letters);
        }
        boolean assumedWorst = "E CR IR AR".contains(metric);
        if (assumedWorst && metrics.values().getOrDefault(metric, "X").equals("X")) {
            return 0;
        }
        return metrics.index(metric, letters);
    }

    /** The steps of a letter below the metric's worst. */
    static int level(String metric, char letter) {
        return LETTERS.getOrDefault(metric, "").indexOf(letter);
    }

    private int eq1() {
        int vector = level("AV");
        int privileges = level("PR");
        int interaction = level("UI");
        if (vector == 0 && privileges == 0 && interaction == 0) {
            return 0;
        }
        return vector != 3 && (vector == 0 || privileges == 0 || interaction == 0) ? 1 : 2;
    }

    private int eq2() {
        return level("AC") == 0 && level("AT") == 0 ? 0 : 1;
    }

    private int eq3() {
        boolean confidentiality = level("VC") == 0;
        boolean integrity = level("VI") == 0;
        if (confidentiality && integrity) {
            return 0;
        }
        return confidentiality || integrity || level("VA") == 0 ? 1 : 2;
    }

    private int eq4() {
        if (level("SI") == 0 || level("SA") == 0) {
            return 0;
        }
        return level("SC") == 1 || level("SI") == 1 || level("SA") == 1 ? 1 : 2;
    }

    private int eq6() {
        boolean wanted = (level("CR") == 0 && level("VC") == 0)
                || (level("IR") == 0 && level("VI") == 0)
                || (level("AR") == 0 && level("VA") == 0);
        return wanted ? 0 : 1;
    }
}
