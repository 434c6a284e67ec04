package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.sbom.SbomReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bills of materials, as {@code stepzero scan} writes and judges them. */
class BillTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        var project = Files.createDirectories(directory.resolve("shop"));
        Files.writeString(
                project.resolve("package.json"), "{\"name\": \"shop\", \"dependencies\": {\"thing\": \"^1.0.0\"}}");
        Files.writeString(project.resolve("package-lock.json"), """
                {"name": "shop", "lockfileVersion": 3, "packages": {
                  "": {"name": "shop", "dependencies": {"thing": "^1.0.0"}},
                  "node_modules/thing": {"version": "1.1.0", "dependencies": {"part": "1"}},
                  "node_modules/part": {"version": "1.0.3"}}}""");
        Files.writeString(directory.resolve("record.json"), """
                {"id": "GHSA-1", "modified": "2026-11-01T00:00:00Z", "aliases": ["CVE-2026-0001"],
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
                 "affected": [{"package": {"ecosystem": "npm", "name": "part"},
                   "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.2.0"}]}]}]}""");
        run("db", "import", directory.resolve("record.json").toString());
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        var environment = Map.of(
                "STEPZERO_HOME", directory.resolve("home").toString(), "SOURCE_DATE_EPOCH", "1700000000", "LANG", "C");
        var terminal = new Terminal(
                new PrintWriter(out, true), new PrintWriter(new StringWriter()), false, false, 100, environment);
        return Main.run(terminal, new Commands(terminal, CLOCK), words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.cdx.json", "shop.spdx.json"})
    void whatIsInATreeIsWrittenAsTheFilesNamePromises(String name) {
        var file = directory.resolve(name);

        var status = run("scan", directory.resolve("shop").toString(), "--output", file.toString());

        var bill = SbomReader.read(file);
        assertThat(status).isZero();
        assertThat(bill.created()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(bill.inventory().components())
                .extracting(each -> each.purl().toString())
                .containsExactly("pkg:npm/part@1.0.3", "pkg:npm/thing@1.1.0");
        assertThat(bill.inventory().components()).extracting(Component::direct).containsExactly(false, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cyclonedx", "spdx"})
    void theBillHasTheVulnerabilitiesOfTheTree(String format) throws IOException {
        var tree = directory.resolve("shop").toString();
        run("scan", tree, "--format", format);
        var bill = Files.writeString(directory.resolve("bill.json"), out.toString());

        var ofTree = run("scan", tree, "--only", "packages", "--format", "json");
        var saidOfTree = out.toString();
        var ofBill = run("scan", bill.toString(), "--format", "json");

        assertThat(ofTree).isEqualTo(ofBill).isEqualTo(1);
        assertThat(saidOfTree).contains("GHSA-1", "pkg:npm/part@1.0.3", "through thing 1.1.0");
        assertThat(out.toString()).contains("GHSA-1", "pkg:npm/part@1.0.3", "through thing 1.1.0");
    }

    @Test
    void oneStandardIsTurnedIntoTheOther() {
        var cycloneDx = directory.resolve("shop.cdx.json");
        var spdx = directory.resolve("shop.spdx.json");
        run("scan", directory.resolve("shop").toString(), "--output", cycloneDx.toString());

        run("scan", cycloneDx.toString(), "--output", spdx.toString());

        assertThat(SbomReader.read(spdx)).isEqualTo(SbomReader.read(cycloneDx));
    }
}
