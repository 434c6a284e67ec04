package dev.stepzero.scan.packages.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.scan.packages.version.VersionScheme.InvalidVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each line is a chain of versions from the oldest to the newest, or of versions that are the same. */
class VersionSchemesTest {

    @ParameterizedTest
    @CsvSource({
        "MAVEN, 1-alpha 1-b2 1-milestone-1 1-cr1 1-snapshot 1 1-sp 1-foo 1-1 1.1 1.99999999999999999999",
        "MAVEN, 2.0.rc1 2.0 2.0.1-SNAPSHOT 2.0.1 2.0.1.jre8 2.0.1-1 2.0.10",
        "SEMANTIC, 0.9 1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0 1.0.0.1 v1.1",
        "SEMANTIC, 1.0.0-0 1.0.0-00000000000000000000000000000000000002 1.0.0-A 1.0.0-a",
        "PYTHON, 1.0-gamma 1.0.dev1 1.0a1.dev1 1.0a1 1.0b2 1.0rc1 1.0 1.0+abc 1.0+5 1.0.post1.dev2 1.0.post1 1.1 1!0.1",
        "PYTHON, 0.1-foo 0.1-goo 0.9-foo 0.1",
        "GO, v0.0.0-20200101000000-abcdefabcdef v0.0.1 v1.0.0-rc.1 v1.0.0 v2.0.0+incompatible v2.0.1-0.20210101000000-a v2.0.1",
        "GO, go1.20rc1 go1.20 go1.20.1 go1.21 go1.21rc2 1.21.0-rc.3 go1.21rc11 go1.21.0 go1.21.1-custom go1.100.0",
        "RUBY, 1.0.a 1.0.a.2 1.0.b1 1.0-1 1.0.rc1 1.0 1.0.0.1 1.0.1.pre 1.0.1 1.10",
        "COMPOSER, dev-main 1.0-dev 1.0-alpha1 1.0b2 1.0RC1 1.0 1.0.0 1.0.1 1.0-p1 1.1",
        "NUGET, 1.0.0-ALPHA 1.0.0-beta 1.0.0-BETA.2 1.0.0-beta.11 1.0.0 1.0.0.1 1.0.1",
        "DEBIAN, 1.0~~ 1.0~~a 1.0~ 1.0 1.0-1~deb12u1 1.0-1 1.0-1+b1 1.0a 1.0+dfsg 1.0.1 1.10 1:0.1",
        "RPM, 1.0~rc1-1 1.0 1.0-1.el9 1.0-1.el9_2.1 1.0-10.el9 1.0^git1-1 1.0.1-1 1.0.1a-1 1.0.10-1 1:0.1-1",
        "APK, 1.0_alpha 1.0_alpha2 1.0_beta 1.0_pre 1.0_rc1 1.0-r0 1.0-r1 1.0_git20200101 1.0_p1 1.0a 1.0.01 1.0.1 1.1",
        "APK, 6.6.2_p1 6.6.2p1-r0 6.6.2p1-r1 6.6.2p2 6.6.3",
        "BITNAMI, 1.0.0-rc1 1.0.0-1 1.0.1-0 1.10.0-2",
        "PUB, 1.0.0-dev 1.0.0 1.0.0+1 1.0.0+2 1.0.0+a 1.0.1",
        "HACKAGE, 0.9 1 1.0 1.0.0 1.1 1.10 99999999999999999999999",
        "CRAN, 0.9 0.9-1 0.9.2 0.10 1.0-0",
    })
    void versionsAreInTheOrderOfTheirEcosystem(VersionSchemes scheme, String chain) throws InvalidVersion {
        var versions = chain.split(" ");

        for (int i = 0; i < versions.length; i++) {
            for (int j = 0; j < versions.length; j++) {
                assertThat(Integer.signum(scheme.compare(versions[i], versions[j])))
                        .as(versions[i] + " against " + versions[j])
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MAVEN, 1 1.0 1-0 1.0.0-ga 1.Final 1-release 01 1.",
        "MAVEN, 1-a1 1-alpha1 1alpha1 1-ALPHA-1 1.0.a1",
        "SEMANTIC, 1.2 v1.2.0 =1.2.0.0 1.2+build 01.2",
        "SEMANTIC, 1.0.0-rc1 1.0.0rc1 1.0.0.rc1 1.0rc1",
        "PYTHON, 1.0 v1 1.0.0 0!1",
        "PYTHON, 1.0a1 1.0.ALPHA-1 1-alpha.1 1_a_1",
        "PYTHON, 1.0rc0 1.0c 1.0-preview 1.0.pre.",
        "PYTHON, 1.0.post1 1-1 1.0-r1 1_rev.1",
        "GO, go1.21rc2 1.21rc2 1.21.0-rc.2",
        "GO, v1 1.0.0 1.0+incompatible",
        "RUBY, 1 1.0 1.0.0 01",
        "RUBY, 1.0-a 1.pre.a 1.0.0.pre.a",
        "COMPOSER, v1.0beta1 1.0-beta.1 1.0b1",
        "NUGET, 1.0.0-RC 1.0-rc 1-rc+abc",
        "DEBIAN, 1.0 0:1.0 1.00 1.0-0 1.0-",
        "RPM, 1.0-1 0:1.0-1 1_0-1. 1.00-01",
        "APK, 1-r0 1-r00 1-r",
        "BITNAMI, 1.0.0 1.0.0-7",
    })
    void whatIsTheSameVersionComparesAsTheSame(VersionSchemes scheme, String chain) throws InvalidVersion {
        for (var one : chain.split(" ")) {
            for (var other : chain.split(" ")) {
                assertThat(scheme.compare(one, other))
                        .as(one + " against " + other)
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SEMANTIC, latest",
        "SEMANTIC, ''",
        "PYTHON, ' '",
        "GO, master",
        "RUBY, 1..2",
        "RUBY, a1",
        "RUBY, 1_0",
        "COMPOSER, 1.0#abc",
        "COMPOSER, ''",
        "NUGET, '*'",
        "DEBIAN, ''",
        "DEBIAN, a:1",
        "DEBIAN, '1:'",
        "RPM, '1:'",
        "APK, 1.2_blah",
        "APK, 1..2",
        "APK, ''",
        "APK, 1-1",
        "APK, 1.2A",
        "APK, 1~xyz",
        "HACKAGE, 1.",
        "CRAN, 1.a",
    })
    void whatTheEcosystemRefusesIsRefused(VersionSchemes scheme, String text) {
        assertThatThrownBy(() -> scheme.compare(text, text)).isInstanceOf(InvalidVersion.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Maven, MAVEN",
        "npm, SEMANTIC",
        "Debian:12, DEBIAN",
        "Ubuntu:22.04:LTS, DEBIAN",
        "Alpine:v3.20, APK",
        "Red Hat:enterprise_linux:9::baseos, RPM",
        "Rocky Linux:9, RPM",
        "openSUSE:Leap 15.5, RPM",
        "PyPI, PYTHON",
    })
    void anEcosystemIsKnownByItsNameInOsvWhateverItsRelease(String ecosystem, VersionSchemes scheme) {
        assertThat(VersionSchemes.of(ecosystem)).contains(scheme);
    }

    @Test
    void anEcosystemThatNobodyKnowsHasNoOrder() {
        assertThat(VersionSchemes.of("OSS-Fuzz")).isEmpty();
        assertThat(VersionSchemes.of("")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void hugeTextsAreComparedOrRefused(VersionSchemes scheme) {
        for (var piece : List.of("1", "1.", "0.", "1-", "-", "a", "1a", "1.a", "~", "_rc", "^")) {
            var text = "1." + piece.repeat(100_000 / piece.length());

            compareOrRefuse(scheme, text, text + "1");
            compareOrRefuse(scheme, text, "1");
        }
    }

    private static void compareOrRefuse(VersionSchemes scheme, String one, String other) {
        try {
            assertThat(scheme.compare(one, other) + scheme.compare(other, one)).isZero();
        } catch (InvalidVersion e) {
            assertThat(e).hasMessageContaining("no version").message().hasSizeLessThan(200);
        }
    }
}
