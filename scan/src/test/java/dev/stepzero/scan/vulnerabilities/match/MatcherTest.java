package dev.stepzero.scan.vulnerabilities.match;

import static dev.stepzero.scan.vulnerabilities.Osv.pair;
import static dev.stepzero.scan.vulnerabilities.Osv.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Severity;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Component.SourcePackage;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.vulnerabilities.Osv;
import dev.stepzero.scan.vulnerabilities.database.Database;
import dev.stepzero.scan.vulnerabilities.database.DatabaseImport;
import dev.stepzero.scan.vulnerabilities.database.Limits;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which packages are vulnerable. */
class MatcherTest {
    private static final String ALL = "{'introduced': '0'}";

    @TempDir
    private Path directory;

    private static Inventory inventory(Optional<Distribution> distribution, Component... components) {
        var packages = new Inventory.Collector();
        Arrays.stream(components).forEach(packages::add);
        return packages.inventory(distribution);
    }

    private static Component component(String purl) {
        return Component.of(PackageUrl.parse(purl), Scope.RUNTIME, true, Place.of("manifest", 1));
    }

    private Matches match(Inventory inventory, String... records) throws InterruptedException {
        try (var database = Osv.database(directory, records)) {
            return new Matcher(database, Schemes.known()).match(inventory);
        }
    }

    private Matches match(String purl, String... records) throws InterruptedException {
        return match(inventory(Optional.empty(), component(purl)), records);
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:maven/org.example/thing@1.5, Maven, org.example:thing",
        "pkg:npm/%40scope/thing@1.5.0, npm, @scope/thing",
        "pkg:pypi/Zope_Interface@1.5, PyPI, zope.interface",
        "pkg:golang/example.org/Thing/v2@v1.5.0, Go, example.org/Thing/v2",
        "pkg:golang/stdlib@go1.5.1, Go, stdlib",
        "pkg:cargo/thing@1.5.0, crates.io, thing",
        "pkg:gem/thing@1.5, RubyGems, thing",
        "pkg:nuget/newtonsoft.json@1.5.0, NuGet, Newtonsoft.Json",
        "pkg:composer/vendor/thing@v1.5.0, Packagist, Vendor/Thing",
        "pkg:hex/thing@1.5.0, Hex, thing",
        "pkg:pub/thing@1.5.0, Pub, thing",
        "pkg:swift/github.com/org/Thing@1.5.0, SwiftURL, https://github.com/org/thing.git",
        "pkg:deb/debian/thing@1.5-1?distro=debian-12, Debian:12, thing",
        "pkg:deb/debian/thing@1.5-1?distro=bookworm, Debian:12, thing",
        "pkg:deb/ubuntu/thing@1.5-1?distro=ubuntu-22.04, Ubuntu:22.04:LTS, thing",
        "pkg:deb/ubuntu/thing@1.5-1?distro=ubuntu-24.10, Ubuntu:24.10, thing",
        "pkg:deb/ubuntu/thing@1.5-1+esm1?distro=xenial, Ubuntu:Pro:16.04:LTS, thing",
        "pkg:apk/alpine/thing@1.5-r0?distro=alpine-3.20.3, Alpine:v3.20, thing",
        "pkg:apk/wolfi/thing@1.5-r0, Wolfi, thing",
        "pkg:rpm/rocky/thing@1.5-1.el9?distro=rocky-9.4, Rocky Linux:9, thing",
        "pkg:rpm/almalinux/thing@1.5-1.el8?distro=almalinux-8.9, AlmaLinux:8, thing",
        "pkg:rpm/redhat/thing@1.5-1.el9?distro=rhel-9.4, Red Hat:enterprise_linux:9::baseos, thing",
        "pkg:rpm/opensuse/thing@1.5-1?distro=opensuse-leap-15.6, openSUSE:Leap 15.6, thing",
        "pkg:rpm/sles/thing@1.5-1?distro=sles-15.5, SUSE:Linux Enterprise Server 15 SP5, thing"
    })
    void aPackageUrlIsLookedUpAsItsEcosystemCallsIt(String purl, String ecosystem, String name)
            throws InterruptedException {
        var matches = match(purl, record("A-1", ecosystem, name, ALL), record("A-2", "Nowhere", name, ALL));

        assertThat(matches.vulnerable()).extracting(Vulnerable::advisory).containsExactly("A-1");
        assertThat(matches.ecosystems()).containsExactly(Keys(ecosystem));
    }

    private static String Keys(String ecosystem) {
        return dev.stepzero.scan.vulnerabilities.database.Keys.base(ecosystem);
    }

    @Test
    void aDistributionsPackagesAreJudgedByItsOwnAdvisoriesAndItsOwnReleaseOnly() throws InterruptedException {
        var matches = match(
                "pkg:deb/debian/thing@1.0-1?distro=debian-12",
                record("DEBIAN-11", "Debian:11", "thing", ALL),
                record("UBUNTU", "Ubuntu:22.04:LTS", "thing", ALL),
                record("PYPI", "PyPI", "thing", ALL));

        assertThat(matches.vulnerable()).isEmpty();
    }

    @Test
    void aDistributionsPackageIsJudgedByItsSourcePackage() throws InterruptedException {
        var libc = new Component(
                PackageUrl.parse("pkg:deb/debian/libc6@2.36-9%2Bdeb12u3"),
                Scope.RUNTIME,
                true,
                List.of(Place.of("var/lib/dpkg/status", 0)),
                Optional.of(new SourcePackage("glibc", "2.36-9+deb12u3")),
                Optional.empty(),
                List.of());
        var debian = Optional.of(new Distribution("debian", "12", "bookworm"));

        var matches = match(
                inventory(debian, libc),
                record("DSA-1", "Debian:12", "glibc", pair("0", "2.36-9+deb12u4")),
                record("DSA-2", "Debian:12", "libc6", ALL));

        assertThat(matches.vulnerable()).singleElement().satisfies(each -> {
            assertThat(each.advisory()).isEqualTo("DSA-1");
            assertThat(each.fixed()).contains("2.36-9+deb12u4");
        });
    }

    @Test
    void anEpochCountsInRpmsVersions() throws InterruptedException {
        var record = record("A-1", "AlmaLinux:9", "thing", pair("0", "1:2.0-1"));

        assertThat(match("pkg:rpm/almalinux/thing@3.0-1?epoch=1&distro=almalinux-9", record)
                        .vulnerable())
                .isEmpty();
        assertThat(match("pkg:rpm/almalinux/thing@3.0-1?distro=almalinux-9", record)
                        .vulnerable())
                .hasSize(1);
    }

    @Test
    void recordsThatAreAliasesOfEachOtherAreOneVulnerability() throws InterruptedException {
        var matches = match(
                "pkg:pypi/thing@1.0",
                record("PYSEC-1", "PyPI", "thing", pair("0", "1.1"), "'aliases': ['CVE-2026-0001'],"),
                record("GHSA-aaaa", "PyPI", "thing", pair("0", "1.2"), "'aliases': ['CVE-2026-0001'],"),
                record("PYSEC-2", "PyPI", "thing", pair("0", "1.3"), "'aliases': ['CVE-2026-0002'],"));

        assertThat(matches.vulnerable()).hasSize(2);
        var first = matches.vulnerable().getFirst();
        assertThat(first.advisory()).isEqualTo("GHSA-aaaa");
        assertThat(first.aliases()).containsExactly("CVE-2026-0001", "PYSEC-1");
        assertThat(first.lastingId()).isEqualTo("CVE-2026-0001");
        assertThat(first.fixed())
                .as("what the other record still calls affected mends nothing")
                .contains("1.2");
    }

    @Test
    void theFixIsTheSmallestVersionAboveTheInstalledOne() throws InterruptedException {
        var record = record("A-1", "npm", "thing", pair("0", "1.5.0") + "," + pair("2.0.0", "2.3.1"));

        assertThat(match("pkg:npm/thing@2.1.0", record).vulnerable().getFirst().fixed())
                .contains("2.3.1");
        assertThat(match("pkg:npm/thing@1.1.0", record).vulnerable().getFirst().fixed())
                .contains("1.5.0");
    }

    @Test
    void withdrawnRecordsSayNothing() throws InterruptedException {
        var matches = match(
                "pkg:npm/thing@1.0.0", record("A-1", "npm", "thing", ALL, "'withdrawn': '2026-01-01T00:00:00Z',"));

        assertThat(matches.vulnerable()).isEmpty();
    }

    @Test
    void theNewestVectorDecidesHowBadItIs() throws InterruptedException {
        var vectors = "'severity': [{'type': 'CVSS_V3', 'score': 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'},"
                + "{'type': 'CVSS_V4', 'score': 'CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:N/VI:N/VA:L/SC:N/SI:N/SA:N'}],"
                + "'database_specific': {'severity': 'CRITICAL'},";

        var rating = match("pkg:npm/thing@1.0.0", record("A-1", "npm", "thing", ALL, vectors))
                .vulnerable()
                .getFirst()
                .rating();

        assertThat(rating.severity()).isEqualTo(Severity.LOW);
        assertThat(rating.because()).startsWith("CVSS 4.0 score");
    }

    @Test
    void withoutAVectorTheDatabasesWordCounts() throws InterruptedException {
        var rated = record("A-1", "npm", "thing", ALL, "'database_specific': {'severity': 'IMPORTANT'},");
        var unrated = record("A-2", "npm", "other", ALL);

        var matches = match(
                inventory(Optional.empty(), component("pkg:npm/thing@1.0.0"), component("pkg:npm/other@1.0.0")),
                rated,
                unrated);

        assertThat(matches.vulnerable())
                .extracting(each -> each.advisory() + " " + each.rating().severity())
                .containsExactlyInAnyOrder("A-1 HIGH", "A-2 MEDIUM");
    }

    @Test
    void whatIsExploitedIsCriticalAndWhatProbablyWillBeIsWorse() throws InterruptedException {
        var kev = Osv.file(directory.resolve("kev.json"), """
                {"dateReleased": "2026-11-20T00:00:00Z", "vulnerabilities": [
                  {"cveID": "CVE-2026-0001", "dateAdded": "2026-10-01", "knownRansomwareCampaignUse": "Known"}]}
                """);
        var epss = Osv.file(directory.resolve("epss.csv"), """
                #model_version:v2026.01.01,score_date:2026-11-20T00:00:00Z
                cve,epss,percentile
                CVE-2026-0002,0.73,0.99
                CVE-2026-0003,0.01,0.2
                """);
        var records = Stream.of("1", "2", "3")
                .map(i -> record("CVE-2026-000" + i, "npm", "thing", ALL, "'database_specific': {'severity': 'LOW'},"))
                .toArray(String[]::new);
        Osv.database(directory, records).close();
        new DatabaseImport(directory.resolve("db"), Osv.CLOCK, Limits.USUAL)
                .add(List.of(), Optional.of(kev.toString()), Optional.of(epss.toString()));

        try (var database = Database.open(directory.resolve("db")).orElseThrow()) {
            var matches = new Matcher(database, Schemes.known())
                    .match(inventory(Optional.empty(), component("pkg:npm/thing@1.0.0")));

            assertThat(matches.vulnerable())
                    .extracting(each -> each.advisory() + " " + each.rating().severity())
                    .containsExactly("CVE-2026-0001 CRITICAL", "CVE-2026-0002 MEDIUM", "CVE-2026-0003 LOW");
            assertThat(matches.vulnerable().getFirst().exploitation().known())
                    .hasValueSatisfying(known -> assertThat(known.ransomware()).isTrue());
            assertThat(matches.vulnerable().get(1).exploitation().probability()).contains(0.73);
        }
    }

    @Test
    void aMaliciousPackageIsCritical() throws InterruptedException {
        var matches = match("pkg:npm/thing@1.0.0", record("MAL-2026-1", "npm", "thing", ALL));

        assertThat(matches.vulnerable().getFirst().rating().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void whatCannotBeJudgedIsNamed() throws InterruptedException {
        var matches = match(
                inventory(
                        Optional.empty(),
                        component("pkg:npm/versionless"),
                        component("pkg:cocoapods/thing@1.0"),
                        component("pkg:deb/kali/thing@1.0"),
                        component("pkg:golang/example.org/thing@latest")),
                record("A-1", "Go", "example.org/thing", pair("0", "1.0.0")));

        assertThat(matches.vulnerable()).isEmpty();
        assertThat(matches.unjudged())
                .extracting(each -> each.component().purl().name() + ": " + each.reason())
                .anyMatch(each -> each.startsWith("versionless: its version is not known"))
                .anyMatch(each -> each.contains("cocoapods"))
                .anyMatch(each -> each.contains("distribution"))
                .anyMatch(each -> each.contains("whether A-1 affects it is open"));
    }

    @Test
    void theSameRecordInTwoFeedsCountsOnceAsItWasChangedLast() throws InterruptedException {
        var older = record("A-1", "npm", "thing", ALL);
        var newer = record("A-1", "npm", "thing", pair("0", "0.5.0")).replace("2026-11-01", "2026-11-02");

        var matches = match("pkg:npm/thing@1.0.0", older, newer);

        assertThat(matches.vulnerable()).isEmpty();
    }
}
