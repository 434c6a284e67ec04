package dev.stepzero.scan.packages.version;

/**
 * The order of Go modules, which is that of {@code golang.org/x/mod/semver} ({@code +incompatible} and other builds mean
 * nothing, and a pseudo version is a pre-release), and the order of Go's own releases. Advisories on the standard library
 * write {@code 1.21.0-rc.2} for what Go calls {@code go1.21rc2}; both are understood. As Go has it since 1.21,
 * {@code go1.21} is the language and comes before {@code go1.21rc1}.
 */
final class GoVersions implements VersionScheme {
    private static final int FIRST_WITH_PATCH = 21;

    private final SemanticVersions semantic = SemanticVersions.standard();

    @Override
    public int compare(String one, String other) throws InvalidVersion {
        return semantic.compare(written(one), written(other));
    }

    /** The text as a module's version would be written. */
    private static String written(String raw) {
        boolean release = raw.startsWith("go");
        var text = release ? beforeSuffix(raw.substring(2)) : raw;
        int end = 0;
        int numbers = 0;
        while (end < text.length() && Digits.is(text.charAt(end))) {
            numbers++;
            end = Digits.end(text, end);
            if (end + 1 < text.length() && text.charAt(end) == '.') {
                end++;
            }
        }
        if (end == text.length()) {
            return release && numbers == 2 && languageOnly(text) ? text + "-0" : text;
        }
        int number = end;
        while (number < text.length() && text.charAt(number) >= 'a' && text.charAt(number) <= 'z') {
            number++;
        }
        return numbers > 0 && number > end && Digits.only(text, number, text.length())
                ? text.substring(0, end) + "-" + text.substring(end, number) + "." + text.substring(number)
                : text;
    }

    /** A toolchain may have a maker's suffix, as in {@code go1.23.6-custom}, which is no part of the version. */
    private static String beforeSuffix(String text) {
        int end = 0;
        while (end < text.length() && "-+ ".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end);
    }

    private static boolean languageOnly(String text) {
        int dot = text.indexOf('.');
        return Digits.compare(text, dot + 1, text.length(), String.valueOf(FIRST_WITH_PATCH), 0, 2) >= 0;
    }
}
