package dev.stepzero.scan.vulnerabilities.cvss;

import java.util.HashMap;
import java.util.Map;

/** The metrics of a vector by their short names. */
record Metrics(Map<String, String> values) {

    /** Reads {@code AV:N/AC:L/...}. @throws IllegalArgumentException if it is not made like that, or names one twice */
    static Metrics parse(String text) {
        var values = new HashMap<String, String>();
        for (var part : text.split("/", -1)) {
            int colon = part.indexOf(':');
            if (colon <= 0 || values.put(part.substring(0, colon), part.substring(colon + 1)) != null) {
                throw new IllegalArgumentException("no metric: " + part);
            }
        }
        return new Metrics(values);
    }

    /** The value of a metric that must be there. */
    String get(String metric) {
        var value = values.get(metric);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + metric);
        }
        return value;
    }

    /** The weight of a metric's value, out of {@code letter, weight} pairs. */
    double weight(String metric, String letters, double... weights) {
        return weights[index(metric, letters)];
    }

    /** Where the value of a metric stands among the letters that it may have. */
    int index(String metric, String letters) {
        var value = get(metric);
        int index = value.length() == 1 ? letters.indexOf(value.charAt(0)) : -1;
        if (index < 0) {
            throw new IllegalArgumentException("%s cannot be %s".formatted(metric, value));
        }
        return index;
    }
}
