package dev.stepzero.scan.vulnerabilities;

import static dev.stepzero.scan.vulnerabilities.Osv.CLOCK;
import static dev.stepzero.scan.vulnerabilities.Osv.pair;
import static dev.stepzero.scan.vulnerabilities.Osv.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Home;
import dev.stepzero.core.Reach;
import dev.stepzero.core.Reach.Answer;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Subject;
import dev.stepzero.scan.packages.maven.MavenReader;
import dev.stepzero.scan.reach.Jars;
import dev.stepzero.scan.vulnerabilities.database.DatabaseImport;
import dev.stepzero.scan.vulnerabilities.database.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scan of a Maven project says about the reach of its vulnerable packages. */
class ReachablePackagesTest {
    private static final String PARSER = """
            package org.lib;
            public class Parser {
                public static String parse(String text) { return text; }
                public static String safe(String text) { return text; }
            }
            """;
    private static final String METHODS = "'ecosystem_specific': {'affected_functions': ['org.lib.Parser.parse']},";

    @TempDir
    private Path directory;

    private Path tree;
    private Path repository;

    @BeforeEach
    void makeProject() {
        tree = directory.resolve("tree");
        repository = directory.resolve("repository");
        publish("lib", PARSER);
        pom("", dependency("lib"));
    }

    private static String dependency(String artifact) {
        return "<dependency><groupId>org.lib</groupId><artifactId>%s</artifactId><version>1.0</version></dependency>"
                .formatted(artifact);
    }

    private void pom(String module, String dependencies) {
        Osv.file(
                tree.resolve(module).resolve("pom.xml"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>app</groupId><artifactId>app%s</artifactId>"
                                .formatted(module)
                        + "<version>1</version><dependencies>%s</dependencies></project>".formatted(dependencies));
    }

    /** Compiles one class into an archive of the local repository. */
    private void publish(String artifact, String source) {
        var place = repository.resolve("org/lib/" + artifact + "/1.0");
        Osv.file(
                place.resolve(artifact + "-1.0.pom"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>org.lib</groupId><artifactId>%s</artifactId>"
                                .formatted(artifact)
                        + "<version>1.0</version></project>");
        var classes = directory.resolve("published").resolve(artifact);
        var file = Osv.file(directory.resolve("sources/org/lib/Parser.java"), source);
        compile(classes, "", file);
        try (var jar = new JarOutputStream(Files.newOutputStream(place.resolve(artifact + "-1.0.jar")))) {
            jar.putNextEntry(new JarEntry("org/lib/Parser.class"));
            Files.copy(classes.resolve("org/lib/Parser.class"), jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(Path target, String classPath, Path source) {
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var arguments = new String[] {"-proc:none", "-d", target.toString(), "-cp", classPath, source.toString()};
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
    }

    /** Writes and compiles the only class of a module. */
    private void build(String module, String body) {
        var source = Osv.file(
                tree.resolve(module).resolve("src/main/java/app/Main.java"),
                "package app; public class Main { public static void main(String[] a) { %s } }".formatted(body));
        compile(
                tree.resolve(module).resolve("target/classes"),
                repository.resolve("org/lib/lib/1.0/lib-1.0.jar").toString(),
                source);
    }

    private ScanReport scan(String... records) throws InterruptedException {
        var home = new Home(directory.resolve("home"));
        for (int i = 0; i < records.length; i++) {
            Osv.file(directory.resolve("records/" + i + ".json"), records[i]);
        }
        new DatabaseImport(home.root().resolve("vulnerabilities"), CLOCK, Limits.USUAL)
                .add(List.of(directory.resolve("records").toString()), Optional.empty(), Optional.empty());
        var scanner =
                new PackageScanner(List.of(new MavenReader(repository)), home, CLOCK, Jars.ofRepository(repository));
        return scanner.scan(new Subject.SourceTree("app", tree));
    }

    private Finding finding(String... more) throws InterruptedException {
        var findings = scan(advisory("GHSA-1", more)).findings();
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    /** What is written after {@code affected} begins stands beside the package. */
    private static String advisory(String id, String... more) {
        return record(id, "Maven", "org.lib:lib", pair("0", "1.2"))
                .replace("\"ranges\"", String.join("", more).replace('\'', '"') + "\"ranges\"");
    }

    private static Reach reach(Finding finding) {
        return finding.priority().reach().orElseThrow();
    }

    @Test
    void theWayToAUsedPackageIsTold() throws InterruptedException {
        build("", "org.lib.Parser.parse(\"\");");

        var finding = finding();

        assertThat(reach(finding)).isEqualTo(Reach.reachable(List.of("app.Main", "org.lib.Parser")));
        assertThat(finding.message()).contains(". Reachable: app.Main → org.lib.Parser.");
    }

    @Test
    void aPackageThatNothingUsesStaysAFindingOfTheSameSeverity() throws InterruptedException {
        build("", "");

        var finding = finding();

        assertThat(reach(finding).answer()).isEqualTo(Answer.UNREACHABLE);
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.message())
                .contains("Not reachable in the program as built: nothing that the program uses names a class of it.");
    }

    @Test
    void callsAreFollowedToTheMethodsOfTheAdvisory() throws InterruptedException {
        build("", "org.lib.Parser.safe(\"\");");
        assertThat(reach(finding()).answer()).isEqualTo(Answer.REACHABLE);
        assertThat(reach(finding(METHODS)).because())
                .isEqualTo("nothing that the program calls leads to org.lib.Parser.parse");

        build("", "org.lib.Parser.parse(\"\");");
        assertThat(finding(METHODS).message()).contains("Reachable: app.Main.main → org.lib.Parser.parse");
    }

    @Test
    void whatIsNotReachableComesBehindTheOthers() throws InterruptedException {
        build("", "org.lib.Parser.safe(\"\");");

        var findings = scan(advisory("GHSA-1", METHODS), advisory("GHSA-2")).findings();

        assertThat(findings.stream().sorted(java.util.Comparator.comparing(Finding::priority)))
                .extracting(Finding::rule)
                .containsExactly("GHSA-2", "GHSA-1");
    }

    @Test
    void aTreeThatIsNotCompiledTellsNothing() throws InterruptedException {
        assertThat(finding().message())
                .contains("Whether it is reachable is unknown: the tree holds no compiled classes of the program");
    }

    @Test
    void sourcesThatAreNewerThanTheirClassesTellNothing() throws InterruptedException, IOException {
        build("", "");
        Files.setLastModifiedTime(
                tree.resolve("src/main/java/app/Main.java"),
                FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(reach(finding()).because()).isEqualTo("the project was changed after it was compiled");
    }

    @Test
    void onlyAModuleThatHasThePackageMustBeCompiled() throws InterruptedException {
        build("", "");
        Osv.file(tree.resolve("other/src/main/java/B.java"), "class B { }");
        pom("other", "");
        assertThat(reach(finding()).answer()).isEqualTo(Answer.UNREACHABLE);

        pom("other", dependency("lib"));
        assertThat(reach(finding()).because()).isEqualTo("other is not compiled");
    }

    @Test
    void aPackageThatIsNotAtHandTellsNothing() throws InterruptedException, IOException {
        build("", "");
        publish("absent", PARSER);
        Files.delete(repository.resolve("org/lib/absent/1.0/absent-1.0.jar"));
        pom("", dependency("lib") + dependency("absent"));
        assertThat(reach(finding()).because())
                .isEqualTo("the archive of org.lib:absent 1.0 is not in the local repository");

        Files.delete(repository.resolve("org/lib/lib/1.0/lib-1.0.jar"));
        assertThat(reach(finding()).because()).isEqualTo("its archive is not in the local repository");
    }

    @Test
    void packagesThatAreNotFullyKnownTellNothing() throws InterruptedException, IOException {
        build("", "");
        publish("absent", PARSER);
        Files.delete(repository.resolve("org/lib/absent/1.0/absent-1.0.pom"));
        pom("", dependency("lib") + dependency("absent"));

        assertThat(reach(finding()).because()).isEqualTo("not all packages of pom.xml are known");
    }

    @Test
    void whatOnlyTestsUseIsNotFollowed() throws InterruptedException {
        build("", "");
        pom("", dependency("lib").replace("</version>", "</version><scope>test</scope>"));

        assertThat(reach(finding()).because()).isEqualTo("builds and tests, which alone use it, are not followed");
    }
}
