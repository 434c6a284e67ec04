package dev.stepzero.scan.vulnerabilities.cvss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The scores that experts gave to the 270 MacroVectors of CVSS 4.0. */
record MacroVectors(Map<String, Double> scores) {
    private static final String[] LAST = {"00", "01", "10", "11", "20", "21"};

    static MacroVectors read() {
        try (var resource = MacroVectors.class.getResourceAsStream("macrovectors.txt")) {
            if (resource == null) {
                throw new IllegalStateException("macrovectors.txt is missing");
            }
            var scores = new HashMap<String, Double>();
            new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> put(scores, line.split(" ", -1)));
            return new MacroVectors(scores);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(Map<String, Double> scores, String[] row) {
        for (int i = 0; i < LAST.length; i++) {
            if (!row[i + 1].equals("-")) {
                scores.put(row[0] + LAST[i], Double.valueOf(row[i + 1]));
            }
        }
    }

    /** The score of a MacroVector given by its six digits; not a number where there is none such. */
    double score(int... digits) {
        var key = new StringBuilder();
        for (int digit : digits) {
            key.append(digit);
        }
        return scores.getOrDefault(key.toString(), Double.NaN);
    }
}
