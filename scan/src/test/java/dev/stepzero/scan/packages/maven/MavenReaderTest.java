package dev.stepzero.scan.packages.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.scan.packages.ManifestTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Maven's readers tell of packages: where they come from, and what cannot be known. */
class MavenReaderTest {
    @TempDir
    Path directory;

    private ManifestTree tree;
    private MavenReader reader;

    @BeforeEach
    void begin() throws IOException {
        tree = new ManifestTree(Files.createDirectories(directory.resolve("tree")));
        reader = new MavenReader(
                new LocalRepository(directory.resolve("repository")),
                new Machine("25.0.1", "Linux", "amd64", "6.1"),
                100_000);
    }

    /** Puts a POM into the local repository. */
    private void library(String group, String artifact, String version, String content) throws IOException {
        var file =
                directory.resolve("repository").resolve(new Coordinates(group, artifact, version).pathInRepository());
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                <project><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>%s</project>
                """.formatted(group, artifact, version, content));
    }

    @Test
    void eachPackageStandsWhereTheProjectAsksForWhatBringsItIn() throws Exception {
        library("g", "a", "1", "<dependencies>" + dependency("g", "b", "2") + "</dependencies>");
        library("g", "b", "2", "");

        tree.with("service/pom.xml", """
                <project>
                  <groupId>x</groupId><artifactId>x</artifactId><version>1</version>
                  <dependencies>
                    <dependency>
                      <groupId>g</groupId><artifactId>a</artifactId><version>1</version>
                    </dependency>
                  </dependencies>
                </project>
                """).readBy(reader);

        assertThat(tree.packages())
                .containsExactly("g:a@1 runtime service/pom.xml:4 *", "g:b@2 runtime service/pom.xml:4");
        assertThat(tree.dependencies()).containsExactly("g:a@1 > g:b@2");
        assertThat(tree.skipped()).isEmpty();
    }

    @Test
    void whatAParentOutsideTheTreeBringsStandsAtTheParent() throws Exception {
        library("p", "parent", "3", "<dependencies>" + dependency("g", "a", "1") + "</dependencies>");
        library("g", "a", "1", "");

        tree.with("pom.xml", """
                <project>
                  <parent><groupId>p</groupId><artifactId>parent</artifactId><version>3</version></parent>
                  <artifactId>x</artifactId>
                </project>
                """).readBy(reader);

        assertThat(tree.packages()).containsExactly("g:a@1 runtime pom.xml:2 *");
    }

    @Test
    void whatIsNotAtHandIsSaidAndTheRestReportedAllTheSame() throws Exception {
        library("g", "a", "1", "<dependencies>" + dependency("g", "gone", "2") + "</dependencies>");

        tree.with("pom.xml", project(dependency("g", "a", "1") + dependency("h", "unseen", "4")))
                .readBy(reader);

        assertThat(tree.names()).containsExactly("g:a@1", "g:gone@2", "h:unseen@4");
        assertThat(tree.skipped())
                .containsExactly("pom.xml: 2 POMs are not in the local repository, so what they bring in is not known: "
                        + "g:gone:2, h:unseen:4");
    }

    @Test
    void aLibraryWhoseOwnParentIsNotAtHandBringsNothingIn() throws Exception {
        library("g", "a", "1", """
                <parent><groupId>p</groupId><artifactId>gone</artifactId><version>1</version></parent>
                <dependencies>%s</dependencies>""".formatted(dependency("g", "b", "1")));

        tree.with("pom.xml", project(dependency("g", "a", "1"))).readBy(reader);

        assertThat(tree.names()).containsExactly("g:a@1");
        assertThat(tree.skipped()).singleElement().asString().contains("p:gone:1");
    }

    @Test
    void aVersionThatCannotBeToldIsNeverGuessed() throws Exception {
        tree.with(
                        "pom.xml",
                        project(dependency("g", "range", "[1,2)")
                                + dependency("g", "variable", "${nowhere}")
                                + dependency("g", "environment", "${env.VERSION}")
                                + dependency("g", "newest", "LATEST")
                                + dependency("g", "none", "")))
                .readBy(reader);

        assertThat(tree.names()).containsExactly("g:environment@", "g:newest@", "g:none@", "g:range@", "g:variable@");
        assertThat(tree.skipped())
                .containsExactly("pom.xml: 5 dependencies are not matched, as their versions cannot be told: "
                        + "g:range has the version [1,2), g:variable has the version ${nowhere}, "
                        + "g:environment has the version ${env.VERSION}, g:newest has the version LATEST, "
                        + "g:none has no version");
    }

    @Test
    void theCommandLineOfTheProjectSetsPropertiesAndProfiles() throws Exception {
        tree.with(".mvn/maven.config", "-Drevision=7\n-P wanted,!standard\n")
                .with("module/pom.xml", """
                        <project>
                          <groupId>x</groupId><artifactId>x</artifactId><version>${revision}</version>
                          <properties><revision>1</revision></properties>
                          <profiles>
                            <profile><id>wanted</id><dependencies>%s</dependencies></profile>
                            <profile><id>standard</id><activation><activeByDefault>true</activeByDefault></activation>
                              <dependencies>%s</dependencies></profile>
                          </profiles>
                        </project>
                        """.formatted(
                                dependency("g", "wanted", "${project.version}"), dependency("g", "not", "1")))
                .readBy(reader);

        assertThat(tree.names()).containsExactly("g:wanted@7");
    }

    @Test
    void profilesAskForTheMachineAndForFiles() throws Exception {
        var profiles = Map.of(
                        "<jdk>[17,)</jdk>", "new-java",
                        "<jdk>1.8</jdk>", "old-java",
                        "<os><family>unix</family></os>", "unix",
                        "<os><family>!unix</family></os>", "not-unix",
                        "<file><exists>${basedir}/here.txt</exists></file>", "here",
                        "<file><missing>here.txt</missing></file>", "not-here",
                        "<property><name>!skip</name></property>", "not-skipped",
                        "<property><name>skip</name></property>", "skipped")
                .entrySet()
                .stream()
                .map(each -> "<profile><activation>%s</activation><dependencies>%s</dependencies></profile>"
                        .formatted(each.getKey(), dependency("g", each.getValue(), "1")))
                .collect(Collectors.joining());

        tree.with("m/here.txt", "")
                .with("m/pom.xml", "<project><artifactId>x</artifactId><profiles>" + profiles + "</profiles></project>")
                .readBy(reader);

        assertThat(tree.names()).containsExactly("g:here@1", "g:new-java@1", "g:not-skipped@1", "g:unix@1");
    }

    @Test
    void theLocalRepositoryLiesWhereMavenIsToldThatItLies() throws Exception {
        var home = Files.createDirectories(directory.resolve("home/.m2")).getParent();
        assertThat(LocalRepository.of(home, Map.of()).root()).isEqualTo(home.resolve(".m2/repository"));

        Files.writeString(home.resolve(".m2/settings.xml"), """
                <settings><localRepository>${user.home}/poms</localRepository></settings>""");
        assertThat(LocalRepository.of(home, Map.of()).root()).isEqualTo(home.resolve("poms"));

        var options = Map.of("MAVEN_OPTS", "-Xmx1g -Dmaven.repo.local=/elsewhere");
        assertThat(LocalRepository.of(home, options).root()).isEqualTo(Path.of("/elsewhere"));
    }

    @Test
    void coordinatesNeverLeadOutOfTheRepository() throws Exception {
        Files.createDirectories(directory.resolve("repository"));
        Files.writeString(directory.resolve("secret-1.pom"), project(dependency("stolen", "secret", "1")));

        tree.with(
                        "pom.xml",
                        project(dependency("g", "../../secret", "1")
                                + dependency("..", "secret", "..")
                                + dependency("/etc", "passwd", "1")))
                .readBy(reader);

        assertThat(tree.names()).noneMatch(name -> name.startsWith("stolen"));
    }

    @Test
    void brokenPomsAreFindings() throws Exception {
        tree.with("a/pom.xml", "<project>\n<dependencies>\n</project>")
                .with("b/pom.xml", "<html/>")
                .with("c/pom.xml", project("<dependency><artifactId>a</artifactId></dependency>"))
                .readBy(reader);

        assertThat(tree.problems()).hasSize(3);
        assertThat(tree.problems()).anyMatch(each -> each.startsWith("a/pom.xml:3 it is no valid XML"));
        assertThat(tree.problems()).contains("b/pom.xml:0 it is no POM: its root element is no project");
        assertThat(tree.problems()).anyMatch(each -> each.contains("needs a groupId and an artifactId"));
    }

    @Test
    void entitiesAreNeitherFetchedNorUnfolded() throws Exception {
        var file = Files.writeString(directory.resolve("secret"), "secret");
        tree.with("pom.xml", """
                <!DOCTYPE project [
                  <!ENTITY secret SYSTEM "%s">
                  <!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
                ]>
                <project><dependencies><dependency>
                  <groupId>g</groupId><artifactId>a&c;</artifactId><version>1&secret;</version>
                </dependency></dependencies></project>
                """.formatted(file.toUri())).readBy(reader);

        assertThat(tree.names()).containsExactly("g:a@1");
    }

    @Test
    void circlesOfParentsImportsAndPropertiesEnd() throws Exception {
        var self = "<groupId>x</groupId><artifactId>%s</artifactId><version>1</version>";
        tree.with("a/pom.xml", """
                <project><parent>%s<relativePath>../b</relativePath></parent>%s
                <properties><p>${q}</p><q>${p}</q></properties>
                <dependencyManagement><dependencies><dependency>%s<type>pom</type><scope>import</scope></dependency>
                </dependencies></dependencyManagement>
                <dependencies>%s</dependencies></project>
                """.formatted(
                        self.formatted("b"), self.formatted("a"), self.formatted("a"), dependency("g", "a", "${p}")))
                .with("b/pom.xml", """
                        <project><parent>%s<relativePath>../a</relativePath></parent>%s</project>
                        """.formatted(self.formatted("a"), self.formatted("b")))
                .readBy(reader);

        assertThat(tree.names()).containsExactly("g:a@");
    }

    @Test
    void propertiesThatDoubleEachOtherStayShort() throws Exception {
        var properties = IntStream.range(0, 200)
                .mapToObj(i -> "<p%d>${p%d}${p%d}</p%d>".formatted(i, i + 1, i + 1, i))
                .collect(Collectors.joining());

        tree.with("pom.xml", """
                <project><properties>%s<p200>x</p200></properties><dependencies>%s</dependencies></project>
                """.formatted(properties, dependency("g", "a", "${p0}")))
                .readBy(reader);

        assertThat(tree.names()).hasSize(1);
    }

    @Test
    void tenThousandDependenciesAreAllRead() throws Exception {
        var all = IntStream.range(0, 10_000)
                .mapToObj(i -> dependency("g", "a" + i, "1"))
                .collect(Collectors.joining("\n"));

        tree.with("pom.xml", project(all)).readBy(reader);

        assertThat(tree.names()).hasSize(10_000);
        assertThat(tree.skipped())
                .singleElement()
                .asString()
                .hasSizeLessThan(1_000)
                .endsWith("and 9990 more");
    }

    @Test
    void modulesThatAllInheritAllAreFollowedOnlySoFar() throws Exception {
        var all = IntStream.range(0, 1_000)
                .mapToObj(i -> dependency("g", "a" + i, "1"))
                .collect(Collectors.joining());
        tree.with("pom.xml", """
                <project><groupId>x</groupId><artifactId>p</artifactId><version>1</version>
                <dependencyManagement><dependencies>%s</dependencies></dependencyManagement>
                </project>""".formatted(all));
        for (int i = 0; i < 150; i++) {
            tree.with("m%d/pom.xml".formatted(i), """
                    <project><parent><groupId>x</groupId><artifactId>p</artifactId><version>1</version></parent>
                    <artifactId>m%d</artifactId><dependencies>%s</dependencies></project>
                    """.formatted(i, dependency("x", "m" + (i + 1), "1")));
        }

        tree.readBy(reader);

        assertThat(tree.skipped())
                .anyMatch(each -> each.endsWith("the projects of this tree have more dependencies than are followed"));
    }

    @Test
    void readingEndsWhenItIsInterrupted() {
        tree.with("pom.xml", project(dependency("g", "a", "1")));

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> tree.readBy(reader)).isInstanceOf(InterruptedException.class);
    }

    private static String project(String dependencies) {
        return "<project><artifactId>x</artifactId><dependencies>%s</dependencies></project>".formatted(dependencies);
    }

    private static String dependency(String group, String artifact, String version) {
        return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId>%s</dependency>"
                .formatted(group, artifact, version.isEmpty() ? "" : "<version>" + version + "</version>");
    }
}
