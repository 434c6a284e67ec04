package dev.stepzero.scan.packages.version;

/**
 * Bitnami's versions: the semantic version of what is packed, and after a hyphen the number of the packing, which
 * advisories do not speak of and which counts for nothing: {@code 2.3.1-4} is {@code 2.3.1}.
 */
final class BitnamiVersions implements VersionScheme {
    private final SemanticVersions semantic = SemanticVersions.standard();

    @Override
    public int compare(String one, String other) throws InvalidVersion {
        return semantic.compare(packed(one), packed(other));
    }

    private static String packed(String text) {
        int hyphen = text.lastIndexOf('-');
        return hyphen > 0 && Digits.only(text, hyphen + 1, text.length()) ? text.substring(0, hyphen) : text;
    }
}
