package dev.stepzero.ship.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.image.OciImage;
import dev.stepzero.scan.packages.installed.InstalledPackages;
import dev.stepzero.ship.contents.Archives;
import dev.stepzero.ship.contents.Contents;
import dev.stepzero.ship.contents.Reconciliation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that really were built hold what their build named, and nothing else. */
class ReconciledImageTest {
    @TempDir
    private Path directory;

    @Test
    void aServersPackagesAreThoseOfItsLock() throws Exception {
        var image = TestImages.build(() -> TestImages.warmBuilder().loadBalancer(directory.resolve("layout")));

        requireAgreement(image, List.of());
    }

    @Test
    void aDirectoryWithNodeModulesIsWhatTheBuildLeft() throws Exception {
        var application = Files.createDirectories(directory.resolve("target/node_modules/left-pad"));
        Files.writeString(application.resolve("package.json"), "{\"name\": \"left-pad\", \"version\": \"1.3.0\"}");
        var image = TestImages.build(() -> TestImages.warmBuilder()
                .buildDirectory(
                        new DirectoryApplication(
                                directory.resolve("target"), List.of(), List.of("/app/start"), List.of(8080), Map.of()),
                        TestImages.FACTS,
                        directory.resolve("layout")));

        var reconciliation =
                requireAgreement(image, List.of(), directory.resolve("target").toString());

        assertThat(reconciliation.inventory().components())
                .extracting(each -> each.purl().toString())
                .contains("pkg:npm/left-pad@1.3.0");
    }

    @Test
    void aJavaApplicationIsItsArchivesItsRuntimeAndItsBase() throws Exception {
        var application = TestImages.application(directory.resolve("application"));
        var archive = Archives.archive(JavaApplication.PLACE, application.jar());
        var image = TestImages.build(
                () -> TestImages.warmBuilder().buildJava(application, TestImages.FACTS, directory.resolve("layout")));

        requireAgreement(image, List.of(archive));
    }

    private Reconciliation requireAgreement(BuiltImage image, List<Contents.Archive> archives) throws Exception {
        return requireAgreement(image, archives, "");
    }

    private Reconciliation requireAgreement(BuiltImage image, List<Contents.Archive> archives, String application)
            throws Exception {
        var packages = image.packages().stream()
                .map(each -> new Contents.Deb(
                        each.name(),
                        each.version(),
                        each.architecture(),
                        each.sha256().hex()))
                .toList();
        var reconciliation = Reconciliation.of(
                new Contents(packages, "", archives, application),
                InstalledPackages.of(OciImage.open(image.layout(), image.digest())),
                Files.createDirectories(directory.resolve("sources")),
                directory.resolve("m2"));

        assertThat(reconciliation.findings()).isEmpty();
        assertThat(reconciliation.absent()).isEmpty();
        assertThat(reconciliation.inventory().components())
                .filteredOn(each -> each.purl().type().equals("deb"))
                .hasSameSizeAs(packages)
                .allMatch(each -> each.digest().isPresent());
        return reconciliation;
    }
}
