package dev.stepzero.ship.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.debian.AptSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaImageTest {
    private static final List<String> MANY_MODULES = List.of(
            "java.base",
            "java.logging",
            "java.net.http",
            "java.sql",
            "java.naming",
            "java.management",
            "java.xml",
            "jdk.crypto.ec",
            "jdk.unsupported",
            "java.security.jgss",
            "jdk.zipfs",
            "jdk.httpserver");

    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    Path temporary;

    JavaApplication application;

    @BeforeEach
    void compile() throws Exception {
        application = TestImages.application(temporary.resolve("application"));
    }

    @Test
    void theSameInputsGiveTheSameDigestInAnotherPlaceAtAnotherTimeWithoutAnyLayer() throws Exception {
        var copy = TestImages.application(temporary.resolve("copy"));

        var one = TestImages.build(() -> TestImages.builder(temporary.resolve("home1"))
                .buildJava(application, TestImages.FACTS, temporary.resolve("layout1")));
        copyLocks();
        var other = TestImages.build(() -> TestImages.builder(temporary.resolve("home2"))
                .buildJava(copy, TestImages.FACTS, temporary.resolve("elsewhere/layout2")));

        assertThat(other.digest()).isEqualTo(one.digest());
        assertThat(other.config()).isEqualTo(one.config());
    }

    @Test
    void itHoldsNoSetuidFilesAndNoShellAndBelongsToRoot() throws Exception {
        var image = warm(application);

        var files = TestImages.files(image);

        assertThat(files).isNotEmpty().allSatisfy((path, entry) -> {
            assertThat(entry.getMode() & 06000).as(path).isZero();
            assertThat(entry.getLongUserId()).as(path).isZero();
            assertThat(entry.isDirectory() || entry.isSymbolicLink() || (entry.getMode() & 022) == 0)
                    .as(path)
                    .isTrue();
        });
        assertThat(files.keySet())
                .noneMatch(path -> path.matches("usr/s?bin/.+"))
                .noneMatch(path -> path.matches("usr/share/(man|locale|info)/.*"))
                .noneMatch(path -> path.matches("opt/java/bin/(?!java$).+"));
        assertThat(files).containsKeys("etc/passwd", "etc/os-release", "app/app.jar", "opt/java/bin/java");
    }

    @Test
    void scannersSeeItsPackages() throws Exception {
        var image = warm(application);

        assertThat(image.packages()).extracting(BuiltImage.Contained::name).contains("libc6", "tzdata");
        assertThat(TestImages.files(image))
                .containsKeys("var/lib/dpkg/status.d/libc6", "var/lib/dpkg/status.d/libc6.md5sums");
    }

    @Test
    void anImageWithManyModulesIsSmall() throws Exception {
        var image = warm(new JavaApplication(
                application.jar(),
                List.of(),
                List.of(8080),
                Map.of(),
                List.of(),
                MANY_MODULES,
                List.of(),
                Optional.empty()));

        assertThat(image.compressedBytes()).isLessThan(30 * MEBIBYTE);
    }

    @Test
    void itRunsWithoutRightsOnAReadOnlyRoot() throws Exception {
        var image = warm(application);

        var output = TestImages.runInPodman(image);

        assertThat(output.lines())
                .containsExactly("Default trusts", "Thu, 1 Jan 1970 01:00:00 +0100", "true", "app UTF-8");
    }

    @Test
    void withoutAnArchiveTheLibrariesOfThisMachineAreUsedAndItSaysSo() throws Exception {
        var builder = TestImages.builder(temporary.resolve("home"), new AptSources(List.of(), List.of()));

        var image = builder.buildJava(application, TestImages.FACTS, temporary.resolve("layout"));

        assertThat(image.machineBase()).isTrue();
        assertThat(image.notes()).anyMatch(note -> note.contains("this machine's libraries"));
        assertThat(TestImages.runInPodman(image)).startsWith("Default trusts");
    }

    @Test
    void librariesAreALayerOfTheirOwn() throws Exception {
        var library = Files.copy(application.jar(), temporary.resolve("library.jar"));

        var image = warm(JavaApplication.of(application.jar(), List.of(library)));

        assertThat(TestImages.files(image)).containsKeys("app/app.jar", "app/lib/library.jar");
        assertThat(ImageManifest.parse(OciLayout.at(image.layout()).manifest(image.digest()))
                        .layers())
                .hasSize(4);
        assertThat(TestImages.runInPodman(image)).startsWith("Default trusts");
    }

    @Test
    void aJarWithoutMainClassIsExplained() throws Exception {
        var library = Files.write(
                temporary.resolve("empty.jar"),
                new byte[] {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});

        assertThatThrownBy(() -> warm(JavaApplication.of(library, List.of())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Main-Class");
    }

    private void copyLocks() throws IOException {
        var from = temporary.resolve("home1/locks");
        var to = Files.createDirectories(temporary.resolve("home2/locks"));
        try (var locks = Files.list(from)) {
            for (var lock : locks.toList()) {
                Files.copy(lock, to.resolve(lock.getFileName()));
            }
        }
    }

    private BuiltImage warm(JavaApplication built) throws Exception {
        return TestImages.build(
                () -> TestImages.warmBuilder().buildJava(built, TestImages.FACTS, temporary.resolve("layout")));
    }
}
