package dev.stepzero.scan.vulnerabilities.database;

import java.util.Map;
import java.util.TreeMap;

/** What a segment holds, counted while it is made. */
final class Contents {
    int records;
    int reused;
    int withdrawn;

    private final Map<String, Catalogue.Holding> ecosystems = new TreeMap<>();

    void count(String ecosystem, String modified) {
        ecosystems.merge(ecosystem, new Catalogue.Holding(1, modified), Catalogue.Holding::and);
    }

    Map<String, Catalogue.Holding> ecosystems() {
        return Map.copyOf(ecosystems);
    }
}
