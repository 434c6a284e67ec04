package dev.stepzero.scan.vulnerabilities.cvss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Severity;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores of vectors. Those of version 4 are what the calculator of FIRST's working group gives. */
class CvssTest {

    @ParameterizedTest
    @CsvSource({
        "7.5,  AV:N/AC:L/Au:N/C:P/I:P/A:P",
        "10.0, AV:N/AC:L/Au:N/C:C/I:C/A:C",
        "6.2,  AV:L/AC:H/Au:N/C:C/I:C/A:C",
        "7.8,  AV:N/AC:L/Au:N/C:N/I:N/A:C",
        "0.0,  AV:N/AC:L/Au:N/C:N/I:N/A:N",
        "9.8,  CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "6.1,  CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N",
        "10.0, CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
        "5.5,  CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H",
        "0.0,  CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N",
        "7.5,  CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H/E:P/RL:O",
        "1.0,  CVSS:4.0/AV:L/AC:H/AT:N/PR:H/UI:A/VC:L/VI:L/VA:N/SC:L/SI:N/SA:N",
        "2.4,  CVSS:4.0/AV:A/AC:L/AT:N/PR:L/UI:P/VC:N/VI:L/VA:L/SC:N/SI:N/SA:L",
        "5.8,  CVSS:4.0/AV:A/AC:L/AT:P/PR:H/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:L",
        "6.9,  CVSS:4.0/AV:L/AC:H/AT:N/PR:L/UI:P/VC:H/VI:H/VA:N/SC:L/SI:H/SA:L",
        "7.2,  CVSS:4.0/AV:L/AC:H/AT:P/PR:N/UI:N/VC:L/VI:H/VA:H/SC:L/SI:L/SA:H",
        "8.8,  CVSS:4.0/AV:N/AC:H/AT:N/PR:L/UI:N/VC:H/VI:H/VA:N/SC:H/SI:L/SA:H",
        "9.3,  CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:L/SC:H/SI:H/SA:H",
        "0.0,  CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N",
        "0.5,  CVSS:4.0/AV:N/AC:H/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:L/SI:N/SA:L/E:U/CR:X/MAV:L/MAT:X/MPR:N",
        "7.4,  CVSS:4.0/AV:L/AC:H/AT:N/PR:L/UI:A/VC:H/VI:H/VA:N/SC:L/SI:L/SA:H/CR:L/IR:M/MAV:N/MAT:P/MUI:P/MSI:H",
        "4.3,  CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:H/VI:H/VA:L/SC:L/SI:N/SA:H/E:U/CR:M/MAC:H/MAT:N/MPR:N/MUI:N/MVA:N/MSC:X/MSA:L"
    })
    void aVectorHasTheScoreOfItsStandard(double score, String vector) {
        assertThat(Cvss.of(vector)).map(Cvss::score).contains(score);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "high",
                "CVSS:3.1/",
                "CVSS:3.1/AV:N",
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X",
                "CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:S/SI:H/SA:H",
                "CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                "AV:N/AC:L/Au:N/C:P/I:P"
            })
    void whatIsNoWholeVectorHasNoScore(String text) {
        assertThat(Cvss.of(text)).isEmpty();
    }

    @Test
    void versionTwoKnowsNothingCritical() {
        assertThat(Cvss.of("AV:N/AC:L/Au:N/C:C/I:C/A:C")).map(Cvss::severity).contains(Severity.HIGH);
        assertThat(Cvss.of("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"))
                .map(Cvss::severity)
                .contains(Severity.CRITICAL);
    }

    @Property
    void everyVectorOfVersionFourHasAScoreInTenths(@ForAll("vectors") String vector) {
        assertThat(Cvss.of(vector))
                .hasValueSatisfying(cvss ->
                        assertThat(cvss.score()).isBetween(0.0, 10.0).isEqualTo(Math.round(cvss.score() * 10) / 10.0));
    }

    @Provide
    Arbitrary<String> vectors() {
        var impact = metric("HLN").list().ofSize(6);
        return Combinators.combine(metric("NALP"), metric("LH"), metric("NP"), metric("NLH"), metric("NPA"), impact)
                .as((av, ac, at, pr, ui, all) ->
                        "CVSS:4.0/AV:%s/AC:%s/AT:%s/PR:%s/UI:%s/VC:%s/VI:%s/VA:%s/SC:%s/SI:%s/SA:%s"
                                .formatted(
                                        av,
                                        ac,
                                        at,
                                        pr,
                                        ui,
                                        all.get(0),
                                        all.get(1),
                                        all.get(2),
                                        all.get(3),
                                        all.get(4),
                                        all.get(5)));
    }

    private static Arbitrary<String> metric(String letters) {
        return Arbitraries.of(letters.split("", -1)).filter(letter -> !letter.isEmpty());
    }

    @Property
    void anyTextIsTakenWithoutAnError(@ForAll String text) {
        assertThat(Cvss.of(text)).isNotNull();
        assertThat(Cvss.of("CVSS:4.0/" + text)).isNotNull();
    }
}
