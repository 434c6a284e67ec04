package dev.stepzero.scan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
    @TempDir
    Path directory;

    private ImageFiles files(LayerTar... layers) throws InterruptedException {
        var composer = new ImageComposer();
        List.of(layers).forEach(composer::gzip);
        return OciImage.open(directory, composer.layout(directory)).files();
    }

    private static List<String> paths(ImageFiles files) {
        return files.stream()
                .filter(file -> file.entry().kind() != Entry.Kind.DIRECTORY)
                .map(file -> file.path() + " " + file.entry().layer())
                .toList();
    }

    @Test
    void aLaterLayerReplacesAndDeletesWhatIsBelowAndBothAreRemembered() throws Exception {
        var files = files(
                new LayerTar().file("a", 0644, "1").file("b", 0644, "1").file("d/c", 0644, "1"),
                new LayerTar().file("a", 0644, "2").file(".wh.b", 0, "").file(".wh.d", 0, ""));

        assertThat(paths(files)).containsExactly("/a 1");
        assertThat(files.find("/d")).isEmpty();
        assertThat(files.hidden())
                .extracting(hidden -> hidden.file().path() + " " + hidden.by())
                .containsExactly("/a 1", "/b 1", "/d/c 1");
    }

    @Test
    void anOpaqueDirectoryKeepsWhatItsOwnLayerGives() throws Exception {
        var files = files(
                new LayerTar().file("d/old", 0644, ""),
                new LayerTar().file("d/new", 0644, "").file("d/.wh..wh..opq", 0, ""));

        assertThat(paths(files)).containsExactly("/d/new 1");
    }

    @Test
    void aWhiteoutDoesNotHideAFileOfItsOwnLayer() throws Exception {
        var files = files(new LayerTar().file("evil", 04755, "").file(".wh.evil", 0, ""));

        assertThat(paths(files)).containsExactly("/evil 0");
    }

    @Test
    void aFileThatIsPutBehindALinkLandsWhereTheLinkLeads() throws Exception {
        var files = files(
                new LayerTar().directory("usr/bin", 0755).link("bin", "usr/bin"), new LayerTar().file("bin/x", 0, ""));

        assertThat(paths(files)).containsExactly("/bin 0", "/usr/bin/x 1");
        assertThat(files.find("/bin/x")).map(ImageFile::path).contains("/usr/bin/x");
    }

    @Test
    void linksAreFollowedInsideTheImageOnly() throws Exception {
        var files = files(new LayerTar()
                .file("etc/passwd", 0644, "")
                .link("a/up", "../../../../etc/passwd")
                .link("loop", "loop")
                .link("dangling", "/nowhere"));

        assertThat(files.find("/a/up")).map(ImageFile::path).contains("/etc/passwd");
        assertThat(files.find("/loop")).isEmpty();
        assertThat(files.find("/dangling")).isEmpty();
    }

    @Test
    void aHardLinkShowsItsTargetsContentUnderAnotherPath() throws Exception {
        var files = files(new LayerTar().file("bin/su", 04755, ""), new LayerTar().hardLink("bin/kept", "bin/su"));

        var kept = files.find("/bin/kept").orElseThrow();

        assertThat(kept.path()).isEqualTo("/bin/kept");
        assertThat(kept.entry().isSetuid()).isTrue();
        assertThat(kept.entry().layer()).isZero();
    }

    @Test
    void aDirectoryThatIsToldAgainKeepsWhatIsInIt() throws Exception {
        var files =
                files(new LayerTar().directory("d", 0755).file("d/x", 0644, ""), new LayerTar().directory("d", 01777));

        assertThat(paths(files)).containsExactly("/d/x 0");
        assertThat(files.find("/d").orElseThrow().entry().mode()).isEqualTo(01777);
    }

    @Test
    void hardLinksToNothingAndFilesBelowFilesAreRefused() {
        assertThatThrownBy(() -> files(new LayerTar().hardLink("a", "a")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("hard link");
        assertThatThrownBy(() -> files(new LayerTar().file("a", 0, "").file("a/b", 0, "")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no directory");
        assertThatThrownBy(
                        () -> files(new LayerTar().link("a", "b").link("b", "a").file("a/c", 0, "")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no directory");
    }

    @Test
    void endlesslyNestedDirectoriesAreRefused() {
        assertThatThrownBy(() -> files(new LayerTar().directory("d/".repeat(1000), 0755)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("deeper");
    }
}
