package dev.stepzero.ship.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.sandbox.TestReport.FailedCase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JUnitReportsTest {

    @TempDir
    Path directory;

    @Test
    void surefireReportsAreReadWithEveryOutcome() throws Exception {
        write("target/surefire-reports/TEST-com.example.InvoiceTest.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="com.example.InvoiceTest" time="1,234.5" tests="4" errors="1" skipped="1" failures="1">
                  <properties><property name="java.version" value="25"/></properties>
                  <testcase name="adds" classname="com.example.InvoiceTest" time="0.25"/>
                  <testcase name="rounds" classname="com.example.InvoiceTest" time="1.5">
                    <failure message="expected: 2 but was: 1" type="org.opentest4j.AssertionFailedError"><![CDATA[
                org.opentest4j.AssertionFailedError: expected: 2 but was: 1
                \tat com.example.InvoiceTest.rounds(InvoiceTest.java:12)
                ]]></failure>
                    <system-out>noise</system-out>
                  </testcase>
                  <testcase name="breaks" classname="com.example.InvoiceTest" time="0">
                    <error type="java.lang.IllegalStateException">java.lang.IllegalStateException: no</error>
                  </testcase>
                  <testcase name="waits" classname="com.example.InvoiceTest" time="0"><skipped/></testcase>
                </testsuite>
                """);

        var report = JUnitReports.read(directory);

        assertThat(report)
                .isEqualTo(new TestReport(
                        1,
                        4,
                        1,
                        1,
                        1,
                        Duration.ofMillis(1750),
                        List.of(
                                new FailedCase(
                                        "com.example.InvoiceTest",
                                        "rounds",
                                        "expected: 2 but was: 1",
                                        List.of(
                                                "org.opentest4j.AssertionFailedError: expected: 2 but was: 1",
                                                "\tat com.example.InvoiceTest.rounds(InvoiceTest.java:12)")),
                                new FailedCase(
                                        "com.example.InvoiceTest",
                                        "breaks",
                                        "java.lang.IllegalStateException: no",
                                        List.of("java.lang.IllegalStateException: no"))),
                        List.of(),
                        0));
        assertThat(report.passed()).isFalse();
    }

    @Test
    void nestedSuitesOfPytestJestAndGoAreRead() throws Exception {
        write(
                "report.xml",
                "<testsuites><testsuite name='pytest' tests='1'>"
                        + "<testcase classname='tests.test_a' name='test_one' time='0.001'/></testsuite></testsuites>");
        write(
                "junit.xml",
                "<testsuites name='jest tests'><testsuite name='outer'><testsuite name='inner'>"
                        + "<testcase name='works' time='0.5'/></testsuite></testsuite></testsuites>");
        write(
                "go/test-results.xml",
                "<testsuites><testsuite name='example.com/a'>"
                        + "<testcase name='TestA' time='0.1'><failure message='Failed'>a_test.go:3: no</failure></testcase>"
                        + "</testsuite></testsuites>");

        var report = JUnitReports.read(directory);

        assertThat(report.files()).isEqualTo(3);
        assertThat(report.tests()).isEqualTo(3);
        assertThat(report.failed())
                .containsExactly(new FailedCase("example.com/a", "TestA", "Failed", List.of("a_test.go:3: no")));
    }

    @Test
    void aCaseThatSurefireRanAgainUntilItPassedHasPassed() throws Exception {
        write("TEST-a.xml", "<testsuite><testcase name='a'><flakyFailure>first</flakyFailure></testcase></testsuite>");

        var report = JUnitReports.read(directory);

        assertThat(report.passed()).isTrue();
    }

    @Test
    void otherXmlIsPassedBy() throws Exception {
        write("pom.xml", "<project/>");
        write("coverage-report.xml", "<coverage/>");
        write("node_modules/other/junit.xml", "<testsuite><testcase name='a'><failure/></testcase></testsuite>");

        var report = JUnitReports.read(directory);

        assertThat(report.files()).isZero();
        assertThat(report.passed()).isTrue();
    }

    @Test
    void aBrokenReportIsAProblemAndTheOthersCount() throws Exception {
        write("TEST-broken.xml", "<testsuite><testcase name='a'>");
        write("TEST-empty.xml", "");
        write("TEST-whole.xml", "<testsuite><testcase name='b'/></testsuite>");

        var report = JUnitReports.read(directory);

        assertThat(report.tests()).isEqualTo(1);
        assertThat(report.unreadable()).isEqualTo(2);
        assertThat(report.problems()).hasSize(2).first().asString().startsWith("TEST-broken.xml: not well-formed");
        assertThat(report.passed()).isFalse();
    }

    @Test
    void anExternalEntityIsNotFetched() throws Exception {
        var secret = Files.writeString(directory.resolve("secret"), "the secret");
        write(
                "TEST-xxe.xml",
                "<!DOCTYPE testsuite [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>"
                        + "<testsuite><testcase name='a'><failure>&x;</failure></testcase></testsuite>");

        var report = JUnitReports.read(directory);

        assertThat(report.unreadable()).isEqualTo(1);
        assertThat(report.toString()).doesNotContain("the secret");
    }

    @Test
    void aDocumentTypeThatGrowsWithoutEndIsRefused() throws Exception {
        write(
                "TEST-laughs.xml",
                "<!DOCTYPE t [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
                        + "<testsuite><testcase name='&b;'/></testsuite>");

        var report = JUnitReports.read(directory);

        assertThat(report.unreadable()).isEqualTo(1);
    }

    @Test
    void endlessNestingIsAProblem() throws Exception {
        write("TEST-deep.xml", "<testsuite>".repeat(100_000));
        write("TEST-trace.xml", "<testsuite><testcase name='a'><failure>" + "<b>".repeat(100_000));

        var report = JUnitReports.read(directory);

        assertThat(report.unreadable()).isEqualTo(2);
    }

    @Test
    void aHugeReportIsAProblem() throws Exception {
        var huge = directory.resolve("TEST-huge.xml");
        try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(65L * 1024 * 1024);
        }

        var report = JUnitReports.read(directory);

        assertThat(report.problems()).containsExactly("TEST-huge.xml: larger than 64 MB");
    }

    @Test
    void manyFailuresAreCountedButOnlySomeAreListed() throws Exception {
        write(
                "TEST-many.xml",
                "<testsuite>" + "<testcase name='a'><failure/></testcase>".repeat(1000) + "</testsuite>");

        var report = JUnitReports.read(directory);

        assertThat(report.failures()).isEqualTo(1000);
        assertThat(report.failed()).hasSize(200);
    }

    @Test
    void namesThatCarryControlCharactersAreCleaned() throws Exception {
        write(
                "TEST-c.xml",
                "<testsuite><testcase name='a&#x9b;31mred'><failure message='x&#10;y'/></testcase></testsuite>");

        var report = JUnitReports.read(directory);

        assertThat(report.failed()).containsExactly(new FailedCase("", "ared", "x", List.of()));
    }

    @Test
    void aDirectoryThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> JUnitReports.read(directory.resolve("none"))).isInstanceOf(UserError.class);
    }

    private void write(String name, String content) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
