package dev.stepzero.rules.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumTest {

    @Test
    void thatOfNpmIsTheOneInItsAnnouncement() {
        // The example of npm's own announcement of the format, in two parts so that no scanner takes it for a token.
        var token = "npm_" + "qkJaB6MffYVzZXWqmcoF49yrUxP3wf" + "0LsakP";

        assertThat(Checksum.CRC32_BASE62.holds(token)).isTrue();
        assertThat(Checksum.CRC32_BASE62.holds(token.replace('q', 'r'))).isFalse();
    }

    @Test
    void thatOfBech32IsTheOneInTheStandard() {
        // BIP 173, valid strings.
        assertThat(Checksum.BECH32.holds("A12UEL5L")).isTrue();
        assertThat(Checksum.BECH32.holds("split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w"))
                .isTrue();
        assertThat(Checksum.BECH32.holds("split1checkupstagehandshakeupstreamerranterredcaperred2y9e3v"))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMadeUpHasARightOneAndAChangedLetterBreaksIt(Checksum checksum) {
        var rules = SecretRulebook.builtIn().rules().stream()
                .filter(rule -> rule.checksum().filter(checksum::equals).isPresent())
                .toList();
        var random = new SplittableRandom(3);

        assertThat(rules).isNotEmpty();
        for (var rule : rules) {
            assertThat(checksum.holds(Specimen.of(rule, random))).as(rule.id()).isTrue();
        }
    }

    @Test
    void anAwsKeyTellsItsAccount() {
        assertThat(Checksum.AWS_ACCOUNT.tells("AKIA" + "QYLPMN5HHHFPZAM2")).contains("of the account 052310077262");
        assertThat(Checksum.AWS_ACCOUNT.tells("AKIA" + "IOSFODNN7ABCDEFG")).isEmpty();
    }
}
