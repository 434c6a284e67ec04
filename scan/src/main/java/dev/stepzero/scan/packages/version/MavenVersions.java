package dev.stepzero.scan.packages.version;

/**
 * The order of Maven 3.9's {@code ComparableVersion}, to which every text is a version. It is Maven's to the letter, even
 * where it goes in a circle: {@code 1} is older than {@code 1.pre.}, that older than {@code 1.alpha}, and that older than
 * {@code 1}.
 */
final class MavenVersions implements VersionScheme {

    @Override
    public int compare(String one, String other) {
        return MavenVersion.of(one).compareTo(MavenVersion.of(other));
    }
}
