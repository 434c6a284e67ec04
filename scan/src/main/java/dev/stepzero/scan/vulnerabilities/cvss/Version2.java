package dev.stepzero.scan.vulnerabilities.cvss;

/** The base equation of CVSS 2.0, section 3.2.1 of its guide. */
final class Version2 {
    private Version2() {}

    static double score(Metrics metrics) {
        double confidentiality = metrics.weight("C", "NPC", 0, 0.275, 0.660);
        double integrity = metrics.weight("I", "NPC", 0, 0.275, 0.660);
        double availability = metrics.weight("A", "NPC", 0, 0.275, 0.660);
        double impact = 10.41 * (1 - (1 - confidentiality) * (1 - integrity) * (1 - availability));
        double exploitability = 20
                * metrics.weight("AV", "LAN", 0.395, 0.646, 1.0)
                * metrics.weight("AC", "HML", 0.35, 0.61, 0.71)
                * metrics.weight("Au", "MSN", 0.45, 0.56, 0.704);
        double factor = impact == 0 ? 0 : 1.176;
        return Math.round((0.6 * impact + 0.4 * exploitability - 1.5) * factor * 10) / 10.0;
    }
}
