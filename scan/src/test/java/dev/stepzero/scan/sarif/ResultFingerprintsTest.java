package dev.stepzero.scan.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import org.junit.jupiter.api.Test;

/** A result is the same one as long as its rule, its file and what stands there are. */
class ResultFingerprintsTest extends SarifSpecification {

    @Test
    void linesMayMove() {
        write("src/a.py", "import os\nos.system(name)\n");
        var before = only(run("T", "", result("r", 2)));
        write("src/a.py", "# a comment\n\nimport os\n    os.system( name )\n");
        var after = only(run("T", "", result("r", 4)));

        assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
    }

    @Test
    void otherCodeIsAnotherFinding() {
        write("src/a.py", "os.system(name)\n");
        var before = only(run("T", "", result("r", 1)));
        write("src/a.py", "os.system(other)\n");
        var after = only(run("T", "", result("r", 1)));

        assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    }

    @Test
    void resultsThatAreAlikeAreToldApart() {
        write("src/a.py", "x()\nx()\n");

        assertThat(scan(run("T", "", result("r", 1) + "," + result("r", 2) + "," + result("s", 1)))
                        .findings())
                .extracting(Finding::fingerprint)
                .doesNotHaveDuplicates();
    }

    @Test
    void theSameRunReadTwiceFindsTheSame() {
        var sarif = run("T", "", result("r", 1) + "," + result("r", 2));

        assertThat(scan(sarif)).isEqualTo(scan(sarif));
    }

    @Test
    void whereTheFileIsNotAtHandTheToolsExcerptOrItsHashesDo() {
        var excerpt =
                result("r", 7).replace("\"startLine\": 7", "\"startLine\": 7, \"snippet\": {\"text\": \"x( y )\"}");
        var hashed = result("r", 7, "\"partialFingerprints\": {\"primaryLocationLineHash\": \"39fa2ee980eb94b0:1\"}");

        assertThat(only(run("T", "", excerpt)).fingerprint())
                .isEqualTo(only(run("T", "", excerpt.replace("\"startLine\": 7", "\"startLine\": 99")))
                        .fingerprint());
        assertThat(only(run("T", "", hashed)).fingerprint())
                .isEqualTo(only(run("T", "", hashed.replace("\"startLine\": 7", "\"startLine\": 99")))
                        .fingerprint())
                .isNotEqualTo(only(run("T", "", hashed.replace("39fa", "40fb"))).fingerprint());
    }

    @Test
    void wordsThatStandForAFingerprintAreNotTrusted() {
        var words = "\"fingerprints\": {\"matchBasedId/v1\": \"requires login\"}";
        var line = "\"partialFingerprints\": {\"id\": \"src/a.py:7\"}";

        assertThat(only(run("T", "", result("r", 7, words, line))).fingerprint())
                .isEqualTo(only(run("T", "", result("r", 7))).fingerprint());
    }

    @Test
    void numbersInAMessageDoNotMatterWhereNothingElseIsKnown() {
        var message = result("r", 7).replace("it is bad", "see line 7");

        assertThat(only(run("T", "", message)).fingerprint())
                .isEqualTo(
                        only(run("T", "", message.replace("line 7", "line 8"))).fingerprint());
    }
}
