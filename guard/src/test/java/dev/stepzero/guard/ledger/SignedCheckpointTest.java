package dev.stepzero.guard.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.guard.ledger.SignedCheckpoint.Standing;
import dev.stepzero.guard.ledger.merkle.Hash;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedCheckpointTest {
    private static final String ORIGIN = "stepzero.dev/ledger/1";

    @TempDir
    Path directory;

    @Test
    void aNoteIsWrittenAsItsSpecificationSays() {
        var key = key("a");
        var note = sign(key).note();

        var lines = note.split("\n", -1);
        assertThat(lines).hasSize(6);
        assertThat(List.of(lines).subList(0, 4))
                .containsExactly(ORIGIN, "12", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "");
        assertThat(lines[4]).startsWith("\u2014 " + ORIGIN + " ");
        var signature = Base64.getDecoder().decode(lines[4].split(" ")[2]);
        var digest = dev.stepzero.core.Digest.of(key.verification().der()).hex();
        assertThat(java.util.HexFormat.of().formatHex(signature, 0, 4)).isEqualTo(digest.substring(0, 8));
        assertThat(SignedCheckpoint.parse(note).note()).isEqualTo(note);
    }

    @Test
    void aTrustedKeysSignatureCountsAmongThoseOfOthers() {
        var first = sign(key("a")).note();
        var second = sign(key("b")).note();
        var both = SignedCheckpoint.parse(first + second.substring(second.indexOf("\u2014")));

        assertThat(both.standing(trusted("a"))).isInstanceOf(Standing.Good.class);
        assertThat(both.standing(trusted("b"))).isInstanceOf(Standing.Good.class);
        assertThat(both.standing(trusted("c"))).isInstanceOf(Standing.Refused.class);
        assertThat(both.standing(List.of())).isInstanceOf(Standing.Refused.class);
    }

    @Test
    void aSignatureOfAnotherTextOrByAnotherNameDoesNotCount() {
        var note = sign(key("a")).note();

        assertThat(SignedCheckpoint.parse(note.replace("\n12\n", "\n13\n")).standing(trusted("a")))
                .isInstanceOf(Standing.Refused.class);
        assertThat(SignedCheckpoint.parse(note.replace("\u2014 " + ORIGIN, "\u2014 other"))
                        .standing(trusted("a")))
                .isInstanceOf(Standing.Refused.class);
    }

    @Test
    void whatIsNoCheckpointIsRefused() {
        var note = sign(key("a")).note();
        for (var other : List.of(
                "",
                "\n\n",
                note.strip(),
                note.replace("\n12\n", "\n012\n"),
                note.replace("\n12\n", "\n-1\n"),
                note.replace("\n12\n", "\n99999999999999999999\n"),
                note.replace("uFU=", "uFU"),
                note.replace("uFU=\n", "uFU=\nmore\n"),
                note.replace("\u2014 ", "- "),
                note + "\n",
                note + "\u2014 x AAAA\n",
                note.replace(ORIGIN, "a b"),
                note + ("\u2014 x " + "A".repeat(88) + "\n").repeat(100))) {
            assertThatThrownBy(() -> SignedCheckpoint.parse(other))
                    .as(other)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Property(tries = 300)
    void noOtherTextIsACheckpoint(@ForAll String text) {
        assertThatThrownBy(() -> SignedCheckpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private SignedCheckpoint sign(SigningKey key) {
        return SignedCheckpoint.sign(new Checkpoint(ORIGIN, 12, Hash.ofNothing()), key);
    }

    private SigningKey key(String name) {
        return SigningKey.in(directory.resolve(name));
    }

    private List<TrustedKey> trusted(String name) {
        return List.of(TrustedKey.of(key(name).verification()));
    }
}
