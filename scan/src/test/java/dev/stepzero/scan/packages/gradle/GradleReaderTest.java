package dev.stepzero.scan.packages.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.packages.ManifestTree;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Gradle's own files tell, and what its builds tell where there are none. */
class GradleReaderTest {
    @TempDir
    Path directory;

    private final GradleReader reader = new GradleReader();
    private ManifestTree tree;

    @BeforeEach
    void begin() {
        tree = new ManifestTree(directory);
    }

    @Test
    void theConfigurationsOfALockfileTellWhatAPackageIsThereFor() throws Exception {
        tree.with("app/gradle.lockfile", """
                # a comment
                g:run:1.0=compileClasspath,runtimeClasspath,testRuntimeClasspath
                g:compile-only:1.0=compileClasspath
                g:test:1.0=testCompileClasspath,testRuntimeClasspath
                g:processor:1.0=annotationProcessor
                empty=archives
                nonsense
                """)
                .with("app/buildscript-gradle.lockfile", "g:plugin:2.0=classpath\n")
                .with("old/gradle/dependency-locks/testRuntimeClasspath.lockfile", "g:old:3.0\n")
                .with("app/build.gradle", "dependencies { implementation 'g:run' }\n")
                .readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "g:compile-only@1.0 provided app/gradle.lockfile:3",
                        "g:old@3.0 development old/gradle/dependency-locks/testRuntimeClasspath.lockfile:1",
                        "g:plugin@2.0 development app/buildscript-gradle.lockfile:1",
                        "g:processor@1.0 development app/gradle.lockfile:5",
                        "g:run@1.0 runtime app/gradle.lockfile:2 *",
                        "g:test@1.0 development app/gradle.lockfile:4");
        assertThat(tree.problems()).isEmpty();
    }

    @Test
    void whatALockfileTellsIsNotToldAgainLessExactly() throws Exception {
        tree.with("gradle/libs.versions.toml", "[libraries]\na = \"g:a:1\"\n")
                .with("gradle/verification-metadata.xml", metadata("<component group='g' name='a' version='1'/>"))
                .with("build.gradle.kts", "dependencies { implementation(\"g:a:1\") }\n")
                .with("gradle.lockfile", "g:a:2=runtimeClasspath\n")
                .readBy(reader);

        assertThat(tree.names()).containsExactly("g:a@2");
        assertThat(tree.skipped())
                .containsExactlyInAnyOrder(
                        "gradle/libs.versions.toml: the lockfiles of the build say more exactly what it gets",
                        "gradle/verification-metadata.xml: the lockfiles of the build say more exactly what it gets");
    }

    @Test
    void catalogsGiveTheVersionsOfTheirLibraries() throws Exception {
        tree.with("gradle/libs.versions.toml", """
                [versions]
                two = "2.0"
                range = { strictly = "[1,2[", prefer = "1.5" }
                [libraries]
                one = "g:one:1.0"
                two = { module = "g:two", version.ref = "two" }
                three = { group = "g", name = "three", version = { require = "3.0" } }
                range = { module = "g:range", version.ref = "range" }
                dynamic = "g:dynamic:1.+"
                lost = { module = "g:lost", version.ref = "nowhere" }
                """).readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "g:dynamic@ runtime gradle/libs.versions.toml:9 *",
                        "g:lost@ runtime gradle/libs.versions.toml:10 *",
                        "g:one@1.0 runtime gradle/libs.versions.toml:5 *",
                        "g:range@ runtime gradle/libs.versions.toml:8 *",
                        "g:three@3.0 runtime gradle/libs.versions.toml:7 *",
                        "g:two@2.0 runtime gradle/libs.versions.toml:6 *");
        assertThat(tree.skipped()).hasSize(4);
    }

    @Test
    void verificationMetadataGivesAllThatWasEverFetched() throws Exception {
        tree.with("gradle/verification-metadata.xml", metadata("""
                <component group="g" name="a" version="1"><artifact name="a-1.jar"/></component>
                <component name="b" version="1"/>
                """)).readBy(reader);

        assertThat(tree.packages()).containsExactly("g:a@1 runtime gradle/verification-metadata.xml:1");
        assertThat(tree.problems())
                .containsExactly("gradle/verification-metadata.xml:2 a component needs a group and a name");
    }

    @Test
    void withoutALockfileOnlyTheVersionsInTheBuildAreKnown() throws Exception {
        tree.with("build.gradle", """
                /* implementation 'g:commented:1' */
                // implementation 'g:commented:2'
                dependencies {
                    implementation 'g:a:1.0'
                    testImplementation("g:t:2.0:sources@jar") // why
                    implementation platform('g:bom:3.0')
                    compileOnly "g:b:$version"
                    api 'g:c:[1,2)'
                    runtimeOnly "g:d"
                    println 'x:y:z'
                }
                """).readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "g:a@1.0 runtime build.gradle:4 *",
                        "g:b@ provided build.gradle:7 *",
                        "g:c@ runtime build.gradle:8 *",
                        "g:d@ runtime build.gradle:9 *",
                        "g:t@2.0 development build.gradle:5 *");
        assertThat(tree.skipped())
                .contains(
                        "build.gradle: there is no lockfile: only the versions that stand here are known, not what they bring in",
                        "build.gradle: g:b is not matched, as its version cannot be told")
                .hasSize(4);
    }

    @Test
    void brokenAndHugeFilesDoNoHarm() throws Exception {
        tree.with("a/gradle.lockfile", ":::=\n=\n" + "g:a:".repeat(100_000))
                .with("b/libs.versions.toml", "[libraries]\na = ")
                .with("c/gradle/verification-metadata.xml", "<a>".repeat(10_000))
                .with("d/build.gradle", "implementation('" + "a:".repeat(100_000))
                .readBy(reader);

        assertThat(tree.names()).isEmpty();
        assertThat(tree.problems()).hasSize(2);
    }

    private static String metadata(String components) {
        return "<verification-metadata><components>" + components + "</components></verification-metadata>";
    }
}
