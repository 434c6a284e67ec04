package dev.stepzero.scan.packages.gradle;

import java.util.regex.Pattern;

/** Versions that only a repository's list could turn into one. */
final class DynamicVersion {
    private static final Pattern ONE =
            Pattern.compile("[A-Za-z0-9_][^\\[\\](),${}+*\\s!]*(\\+[^\\[\\](),${}+*\\s!]+)*");

    private DynamicVersion() {}

    /** Whether it is one version: no range, no {@code 1.+}, no {@code latest.release}, no variable. */
    static boolean isOne(String version) {
        return ONE.matcher(version).matches() && !version.startsWith("latest.");
    }
}
