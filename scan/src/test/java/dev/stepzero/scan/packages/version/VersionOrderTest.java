package dev.stepzero.scan.packages.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.packages.version.VersionScheme.InvalidVersion;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the texts are, every scheme puts them into one order. */
class VersionOrderTest {

    @Provide
    Arbitrary<String> version() {
        return Arbitraries.of(
                        "0", "1", "2", "10", "01", "00", "1.0", ".", "-", "_", "~", "^", "+", ":", "!", "a", "b", "p",
                        "rc", "alpha", "final", "ga", "sp", "pre", "post", "dev", "-r", "_p", "_rc", "v", "go", "é",
                        "\0", "A")
                .list()
                .ofMaxSize(6)
                .map(parts -> "1" + String.join("", parts));
    }

    @Property(tries = 3000)
    void aVersionIsAsOldAsItself(@ForAll VersionSchemes scheme, @ForAll("version") String one) {
        Assume.that(valid(scheme, one));

        assertThat(order(scheme, one, one)).isZero();
    }

    @Property(tries = 3000)
    void theOrderIsTheSameFromBothSides(
            @ForAll VersionSchemes scheme, @ForAll("version") String one, @ForAll("version") String other) {
        Assume.that(valid(scheme, one) && valid(scheme, other));

        assertThat(order(scheme, one, other)).isEqualTo(-order(scheme, other, one));
    }

    /** But for Maven, see below. */
    @Property(tries = 6000)
    void whatIsNoNewerThanOneIsNoNewerThanItsSuccessor(
            @ForAll VersionSchemes scheme,
            @ForAll("version") String one,
            @ForAll("version") String other,
            @ForAll("version") String third) {
        Assume.that(scheme != VersionSchemes.MAVEN);
        Assume.that(valid(scheme, one) && valid(scheme, other) && valid(scheme, third));

        for (var chain : List.of(List.of(one, other, third), List.of(other, third, one), List.of(third, one, other))) {
            boolean rising =
                    order(scheme, chain.get(0), chain.get(1)) <= 0 && order(scheme, chain.get(1), chain.get(2)) <= 0;
            assertThat(!rising || order(scheme, chain.get(0), chain.get(2)) <= 0)
                    .as("%s: %s", scheme, chain)
                    .isTrue();
        }
    }

    /** Maven reads {@code 1.pre.} and {@code 1.alpha} into lists of different depth, and so do we. */
    @Example
    void mavensOwnOrderGoesInACircleWhereItsListsDiffer() {
        assertThat(order(VersionSchemes.MAVEN, "1.alpha", "1")).isEqualTo(-1);
        assertThat(order(VersionSchemes.MAVEN, "1", "1.pre.")).isEqualTo(-1);
        assertThat(order(VersionSchemes.MAVEN, "1.pre.", "1.alpha")).isEqualTo(-1);
    }

    @Property(tries = 3000)
    void anyTextIsComparedOrRefused(
            @ForAll VersionSchemes scheme, @ForAll String one, @ForAll("version") String other) {
        if (valid(scheme, one) && valid(scheme, other)) {
            assertThat(order(scheme, one, other)).isBetween(-1, 1);
        }
    }

    private static boolean valid(VersionSchemes scheme, String version) {
        try {
            scheme.compare(version, version);
            return true;
        } catch (InvalidVersion e) {
            return false;
        }
    }

    private static int order(VersionSchemes scheme, String one, String other) {
        try {
            return Integer.signum(scheme.compare(one, other));
        } catch (InvalidVersion e) {
            throw new AssertionError("each of them alone was valid", e);
        }
    }
}
