package dev.stepzero.scan.packages.maven;

import java.util.Locale;

/**
 * The machine on which Maven would run: profiles may ask for its parts.
 *
 * @param java the version of Java, such as {@code 25.0.1}
 * @param system the name of the operating system, such as {@code Linux}
 */
record Machine(String java, String system, String architecture, String systemVersion) {
    /** This one. */
    static Machine here() {
        return new Machine(
                System.getProperty("java.version", ""),
                System.getProperty("os.name", ""),
                System.getProperty("os.arch", ""),
                System.getProperty("os.version", ""));
    }

    boolean matches(Activation.Condition.OperatingSystem condition) {
        var text = condition.text().toLowerCase(Locale.ROOT);
        boolean inverted = text.startsWith("!");
        var wanted = inverted ? text.substring(1) : text;
        boolean matches = switch (condition.part()) {
            case "name" -> system.toLowerCase(Locale.ROOT).equals(wanted);
            case "arch" -> architecture.toLowerCase(Locale.ROOT).equals(wanted);
            case "version" -> systemVersion.toLowerCase(Locale.ROOT).equals(wanted);
            case "family" -> family(wanted);
            default -> false;
        };
        return matches != inverted;
    }

    private boolean family(String family) {
        var name = system.toLowerCase(Locale.ROOT);
        boolean windows = name.contains("windows");
        boolean mac = name.contains("mac") || name.contains("darwin");
        return switch (family) {
            case "windows" -> windows;
            case "mac" -> mac;
            case "unix" -> !windows;
            default -> name.contains(family);
        };
    }

    boolean matches(Activation.Condition.Java condition) {
        var text = condition.version();
        if (text.startsWith("!")) {
            return !java.startsWith(text.substring(1));
        }
        boolean range = text.startsWith("[") || text.startsWith("(");
        return range ? within(text) : !text.isEmpty() && java.startsWith(text);
    }

    private boolean within(String range) {
        var bounds = range.substring(1).replaceAll("[\\])]$", "").split(",", -1);
        var low = bounds[0].strip();
        var high = bounds[bounds.length - 1].strip();
        boolean above = low.isEmpty() || compare(low) > 0 || (compare(low) == 0 && range.startsWith("["));
        boolean below = high.isEmpty() || compare(high) < 0 || (compare(high) == 0 && range.endsWith("]"));
        return above && below;
    }

    /** How this Java compares to a version; what neither names counts as nought. */
    private int compare(String version) {
        var ours = java.split("[._-]", -1);
        var theirs = version.split("[._-]", -1);
        for (int i = 0; i < 3; i++) {
            int order = Integer.compare(number(ours, i), number(theirs, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int number(String[] parts, int at) {
        return at < parts.length && parts[at].matches("[0-9]{1,9}") ? Integer.parseInt(parts[at]) : 0;
    }
}
