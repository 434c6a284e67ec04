package dev.stepzero.scan.vulnerabilities.vex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.vulnerabilities.vex.Statement.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What VEX documents say. */
class VexReaderTest {
    private static final String OPENVEX = """
            {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "urn:x", "author": "a",
             "timestamp": "2026-11-01T00:00:00Z", "version": 1, "statements": [%s]}
            """;

    private static VexReader.Document read(String text) throws MalformedVex {
        return new VexReader().read("a.json", text.getBytes(StandardCharsets.UTF_8));
    }

    private static VexReader.Document openVex(String... statements) throws MalformedVex {
        return read(OPENVEX.formatted(String.join(",", statements).replace('\'', '"')));
    }

    private static Statements statements(VexReader.Document... documents) {
        var all = new ArrayList<Statement>();
        List.of(documents).forEach(document -> all.addAll(document.statements()));
        return new Statements(all);
    }

    private static String notAffected(String vulnerability, String product, String more) {
        return ("{'vulnerability': {'name': '%s', 'aliases': ['GHSA-x']}, 'products': [{'@id': '%s'}],"
                        + " 'status': 'not_affected', 'justification': 'vulnerable_code_not_present'%s}")
                .formatted(vulnerability, product, more);
    }

    private static PackageUrl purl(String text) {
        return PackageUrl.parse(text);
    }

    @Test
    void aStatementHoldsForItsProductUnderAnyNameOfTheVulnerability() throws MalformedVex {
        var statements = statements(openVex(notAffected("CVE-2026-0001", "pkg:npm/thing@1.0.0", "")));

        assertThat(statements.about(Set.of("GHSA-x"), purl("pkg:npm/thing@1.0.0")))
                .hasValueSatisfying(each -> {
                    assertThat(each.status()).isEqualTo(Status.NOT_AFFECTED);
                    assertThat(each.why()).isEqualTo("vulnerable_code_not_present");
                });
        assertThat(statements.about(Set.of("CVE-2026-0001"), purl("pkg:npm/thing@1.0.1")))
                .isEmpty();
        assertThat(statements.about(Set.of("CVE-2026-0002"), purl("pkg:npm/thing@1.0.0")))
                .isEmpty();
    }

    @Test
    void aProductWithoutVersionOrQualifiersStandsForAll() throws MalformedVex {
        var all = statements(openVex(notAffected("CVE-1", "pkg:deb/debian/thing", "")));
        var some = statements(openVex(notAffected("CVE-1", "pkg:deb/debian/thing?arch=amd64", "")));
        var arm = purl("pkg:deb/debian/thing@1?arch=arm64");

        assertThat(all.about(Set.of("CVE-1"), arm)).isPresent();
        assertThat(some.about(Set.of("CVE-1"), arm)).isEmpty();
    }

    @Test
    void ofAProductsComponentsTheStatementHolds() throws MalformedVex {
        var statements =
                statements(openVex("{'vulnerability': 'CVE-1', 'status': 'fixed', 'products': [{'@id': 'pkg:oci/app',"
                        + " 'subcomponents': [{'identifiers': {'purl': 'pkg:npm/thing@1.0.0'}}]}]}"));

        assertThat(statements.about(Set.of("CVE-1"), purl("pkg:npm/thing@1.0.0")))
                .hasValueSatisfying(each -> assertThat(each.status().settles()).isTrue());
    }

    @Test
    void theLatestStatementHolds() throws MalformedVex {
        var statements = statements(openVex(
                notAffected("CVE-1", "pkg:npm/thing", ", 'timestamp': '2026-11-03T00:00:00Z'"),
                "{'vulnerability': 'CVE-1', 'products': ['pkg:npm/thing'], 'status': 'affected',"
                        + " 'timestamp': '2026-11-04T00:00:00Z'}",
                notAffected("CVE-1", "pkg:npm/thing", "")));

        assertThat(statements.about(Set.of("CVE-1"), purl("pkg:npm/thing@1")))
                .hasValueSatisfying(each -> assertThat(each.status().settles()).isFalse());
    }

    @Test
    void whoSaysNotAffectedMustSayWhy() throws MalformedVex {
        var document = openVex(
                "{'vulnerability': {'name': 'CVE-1'}, 'products': [{'@id': 'pkg:npm/thing'}], 'status': 'not_affected'}",
                "{'vulnerability': {'name': 'CVE-2'}, 'products': [{'@id': 'no package'}], 'status': 'fixed'}",
                "{'vulnerability': {'name': 'CVE-3'}, 'products': [{'@id': 'pkg:npm/thing'}], 'status': 'fine'}");

        assertThat(document.statements()).isEmpty();
        assertThat(document.refused()).hasSize(3).first().asString().contains("CVE-1", "justification");
    }

    @Test
    void cycloneDxSpeaksOfItsComponentsOrOfPackageUrls() throws MalformedVex {
        var statements = statements(read("""
                {"bomFormat": "CycloneDX", "specVersion": "1.6",
                 "metadata": {"timestamp": "2026-11-01T00:00:00Z"},
                 "components": [{"bom-ref": "c1", "purl": "pkg:npm/thing@1.0.0"}],
                 "vulnerabilities": [
                  {"id": "CVE-1", "analysis": {"state": "not_affected", "justification": "code_not_reachable",
                    "detail": "never called"}, "affects": [{"ref": "c1"}]},
                  {"id": "CVE-2", "analysis": {"state": "exploitable"}, "affects": [{"ref": "pkg:npm/other@2"}]},
                  {"id": "CVE-3", "affects": [{"ref": "c1"}]}]}
                """));

        assertThat(statements.about(Set.of("CVE-1"), purl("pkg:npm/thing@1.0.0")))
                .hasValueSatisfying(each -> assertThat(each.why()).isEqualTo("code_not_reachable: never called"));
        assertThat(statements.about(Set.of("CVE-2"), purl("pkg:npm/other@2")))
                .hasValueSatisfying(each -> assertThat(each.status()).isEqualTo(Status.AFFECTED));
        assertThat(statements.about(Set.of("CVE-3"), purl("pkg:npm/thing@1.0.0")))
                .isEmpty();
    }

    @Test
    void whatIsNoVexIsRefused() {
        assertThatThrownBy(() -> read("{}")).hasMessageContaining("neither OpenVEX nor CycloneDX");
        assertThatThrownBy(() -> read("[[")).hasMessageContaining("no JSON");
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(MalformedVex.class);
    }

    @Property
    void anyTextIsADocumentOrRefused(@ForAll String text) {
        try {
            assertThat(read(text)).isNotNull();
        } catch (MalformedVex e) {
            assertThat(e).hasMessageStartingWith("it is ");
        }
    }
}
