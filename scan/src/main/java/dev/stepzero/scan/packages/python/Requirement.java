package dev.stepzero.scan.packages.python;

import dev.stepzero.scan.packages.PackageUrl;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A dependency as <a href="https://packaging.python.org/en/latest/specifications/dependency-specifiers/">Python writes
 * it</a>, such as {@code requests[socks]==2.32.3; python_version > "3.8"}. Whether its marker holds depends on where it
 * is installed, so it is taken to hold.
 *
 * @param version the version that it must have; empty where it may have several
 * @param source a URL or path that it comes from; empty where an index has it
 */
record Requirement(String name, String version, String source) {
    private static final int LONGEST_NAME = 200;
    private static final Pattern NAME =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(?:\\[[^\\[\\]]*])?\\s*(.*)", Pattern.DOTALL);
    private static final Pattern CLAUSE = Pattern.compile("(===|==|~=|!=|<=|>=|<|>)\\s*([^\\s,;()]+)");
    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@]*@");

    /** Reads one; nothing if the text is none. */
    static Optional<Requirement> parse(String text) {
        var parts = NAME.matcher(text.strip());
        if (!parts.matches() || parts.group(1).length() > LONGEST_NAME) {
            return Optional.empty();
        }
        var name = parts.group(1);
        var rest = parts.group(2);
        if (rest.startsWith("@")) {
            return Optional.of(new Requirement(name, "", withoutMarker(rest.substring(1), " ;")));
        }
        var specifiers = withoutMarker(rest, ";");
        if (specifiers.startsWith("(") && specifiers.endsWith(")")) {
            specifiers = specifiers.substring(1, specifiers.length() - 1).strip();
        }
        return version(specifiers).map(version -> new Requirement(name, version, ""));
    }

    private static String withoutMarker(String text, String mark) {
        int at = text.indexOf(mark);
        return (at < 0 ? text : text.substring(0, at)).strip();
    }

    /** The only version that all clauses allow, if one names it; nothing if the text has no clauses. */
    private static Optional<String> version(String specifiers) {
        if (specifiers.isEmpty()) {
            return Optional.of("");
        }
        var exact = "";
        for (var each : specifiers.split(",", -1)) {
            var clause = CLAUSE.matcher(each.strip());
            if (!clause.matches() && !each.isBlank()) {
                return Optional.empty();
            }
            if (!each.isBlank() && isExact(clause.group(1), clause.group(2))) {
                exact = clause.group(2);
            }
        }
        return Optional.of(exact);
    }

    private static boolean isExact(String operator, String version) {
        return operator.equals("===") || (operator.equals("==") && !version.contains("*") && !version.contains("${"));
    }

    Requirement withVersion(String other) {
        return new Requirement(name, other, source);
    }

    PackageUrl purl() {
        return purl(name, version, source);
    }

    /** The name of a package in the form by which it is found everywhere. */
    static String normal(String name) {
        return PackageUrl.of("pypi", "", name.isEmpty() ? "-" : name, "").name();
    }

    static PackageUrl purl(String name, String version, String source) {
        var purl = PackageUrl.of("pypi", "", name, version);
        return source.startsWith("git+") || source.startsWith("hg+") || source.startsWith("svn+")
                ? purl.with("vcs_url", CREDENTIALS.matcher(source).replaceFirst("//"))
                : purl;
    }
}
