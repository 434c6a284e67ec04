package dev.stepzero.scan.vulnerabilities.cvss;

/** The base equation of CVSS 3.0 and 3.1, section 7.1 of the specification. */
final class Version3 {
    private Version3() {}

    static double score(Metrics metrics, boolean exactly) {
        boolean changed = metrics.index("S", "UC") == 1;
        double untouched = (1 - metrics.weight("C", "NLH", 0, 0.22, 0.56))
                * (1 - metrics.weight("I", "NLH", 0, 0.22, 0.56))
                * (1 - metrics.weight("A", "NLH", 0, 0.22, 0.56));
        double base = 1 - untouched;
        double impact = changed ? 7.52 * (base - 0.029) - 3.25 * Math.pow(base - 0.02, 15) : 6.42 * base;
        double privileges =
                changed ? metrics.weight("PR", "NLH", 0.85, 0.68, 0.5) : metrics.weight("PR", "NLH", 0.85, 0.62, 0.27);
        double exploitability = 8.22
                * metrics.weight("AV", "NALP", 0.85, 0.62, 0.55, 0.2)
                * metrics.weight("AC", "LH", 0.77, 0.44)
                * privileges
                * metrics.weight("UI", "NR", 0.85, 0.62);
        if (impact <= 0) {
            return 0;
        }
        double sum = impact + exploitability;
        return roundedUp(Math.min(changed ? 1.08 * sum : sum, 10), exactly);
    }

    /** The smallest tenth that is not less; 3.1 defines it over whole numbers, so that all machines agree. */
    private static double roundedUp(double value, boolean exactly) {
        if (!exactly) {
            return Math.ceil(value * 10) / 10;
        }
        long steps = Math.round(value * 100_000);
        return steps % 10_000 == 0 ? steps / 100_000.0 : (Math.floorDiv(steps, 10_000L) + 1) / 10.0;
    }
}
