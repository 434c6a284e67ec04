package dev.stepzero.scan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileImageTest {
    @TempDir
    Path directory;

    private void read(ImageComposer composer) throws InterruptedException {
        read(composer, ImageLimits.defaults());
    }

    private void read(ImageComposer composer, ImageLimits limits) throws InterruptedException {
        OciImage.open(directory, composer.layout(directory), limits)
                .forEachEntry((entry, content) -> content.readAllBytes());
    }

    private static void assertRefused(String because, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.what()).contains(because);
            assertThat(error.fix()).isPresent();
        });
    }

    @Test
    void aBombIsStoppedByItsRatio() {
        var zeros = new LayerTar().file("zeros", 0644, new byte[110 << 20]);

        assertRefused("times its compressed size", () -> read(new ImageComposer().gzip(zeros)));
    }

    @Test
    void allLayersTogetherStayWithinTheAllowance() {
        var limits = new ImageLimits(100_000, 10, 200, 10);
        var composer = new ImageComposer()
                .gzip(new LayerTar().file("a", 0644, new byte[60_000]))
                .gzip(new LayerTar().file("b", 0644, new byte[60_000]));

        assertRefused("allowance", () -> read(composer, limits));
    }

    @Test
    void tooManyEntriesAndTooManyLayersAreRefused() {
        var limits = new ImageLimits(1 << 20, 2, 200, 2);
        var entries = new LayerTar().file("a", 0, "").file("b", 0, "").file("c", 0, "");
        var one = new LayerTar().bytes();

        assertRefused("more than 2 entries", () -> read(new ImageComposer().gzip(entries), limits));
        assertRefused(
                "3 layers", () -> read(new ImageComposer().gzip(one).gzip(one).gzip(one), limits));
    }

    @Test
    void aPathThatLeadsOutIsRefused() {
        assertRefused(
                "out of the image", () -> read(new ImageComposer().gzip(new LayerTar().file("a/../../b", 0, ""))));
        assertRefused("out of the image", () -> read(new ImageComposer().gzip(new LayerTar().hardLink("a", "../b"))));
    }

    @Test
    void endlessNamesAreRefused() {
        assertRefused(
                "impossible path", () -> read(new ImageComposer().gzip(new LayerTar().file("a/".repeat(3000), 0, ""))));
        assertRefused(
                "longer than 255", () -> read(new ImageComposer().gzip(new LayerTar().file("a".repeat(300), 0, ""))));
        assertRefused(
                "header takes more",
                () -> read(new ImageComposer()
                        .gzip(new LayerTar()
                                .special("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, new byte[3 << 20]))));
    }

    @Test
    void oddTarTypesAreRefused() {
        assertRefused(
                "tar type",
                () -> read(new ImageComposer()
                        .gzip(new LayerTar().special("a", TarConstants.LF_MULTIVOLUME, new byte[0]))));
        assertRefused(
                "tar type",
                () -> read(new ImageComposer()
                        .gzip(new LayerTar()
                                .special(
                                        "x",
                                        TarConstants.LF_PAX_EXTENDED_HEADER_LC,
                                        "26 GNU.sparse.size=999999\n26 GNU.sparse.numblocks=0\n"
                                                .getBytes(StandardCharsets.UTF_8))
                                .file("a", 0, ""))));
    }

    @Test
    void aTruncatedLayerIsRefusedThoughItsDigestIsRight() {
        var tar = new LayerTar().file("a", 0, new byte[10_000]).bytes();
        var gzip = ImageComposer.gzipped(new LayerTar()
                .file("a", 0, new Random(1).ints(10_000).toString().repeat(999))
                .bytes());

        assertRefused("broken", () -> read(new ImageComposer().layer(tar, Arrays.copyOf(tar, 5000))));
        assertRefused("broken", () -> read(new ImageComposer().layer(tar, Arrays.copyOf(gzip, gzip.length / 2))));
    }

    @Test
    void noiseIsRefusedOrReadAsNothingButNeverFails() {
        var random = new Random(7);
        for (int round = 0; round < 300; round++) {
            var tar = new LayerTar()
                    .file("a".repeat(1 + round), 0644, "x".repeat(random.nextInt(2000)))
                    .link("l", "a")
                    .bytes();
            for (int flips = random.nextInt(20); flips >= 0; flips--) {
                tar[random.nextInt(tar.length)] = (byte) random.nextInt();
            }
            try {
                read(new ImageComposer().layer(tar, tar));
            } catch (UserError expected) {
                assertThat(expected.fix()).isPresent();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void namesThatAreNoUtf8NeverHideEachOther() throws Exception {
        var tar = new LayerTar().file("x1", 04755, "").file("x2", 0644, "").bytes();
        var text = new String(tar, StandardCharsets.ISO_8859_1);
        var first = tar.clone();
        first[text.indexOf("x1")] = (byte) 0xff;
        fixChecksum(first, text.indexOf("x1"), 0xff - 'x');
        first[text.indexOf("x2")] = (byte) 0xff;
        first[text.indexOf("x2") + 1] = (byte) '1';
        fixChecksum(first, text.indexOf("x2"), 0xff - 'x' - 1);

        var files = OciImage.open(
                        directory, new ImageComposer().layer(first, first).layout(directory))
                .files();

        assertThat(files.stream().filter(file -> file.entry().kind() == Entry.Kind.FILE))
                .hasSize(2);
    }

    private static void fixChecksum(byte[] tar, int header, int change) {
        var old = Integer.parseInt(new String(tar, header + 148, 6, StandardCharsets.US_ASCII).strip(), 8);
        var text = String.format("%06o", old + change).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, tar, header + 148, 6);
    }

    @Test
    void aDocumentThatCouldMeanTwoThingsIsRefused() throws Exception {
        var store = Files.createDirectories(directory.resolve("blobs/sha256"));
        for (var document : new String[] {
            "{\"layers\":[],\"Layers\":[],\"config\":{}}", "{\"layers\":[],\"layers\":[]}", "{\"layers\":{}}", "[", "{}"
        }) {
            var content = document.getBytes(StandardCharsets.UTF_8);
            var digest = Digest.of(content);
            Files.write(store.resolve(digest.hex()), content);

            assertThatThrownBy(() -> OciImage.open(directory, digest))
                    .as(document)
                    .isInstanceOf(UserError.class);
        }
    }

    @Test
    void anIndexOfPlatformsNamesItsImages() throws Exception {
        var content = "{\"manifests\":[{\"digest\":\"sha256:77\",\"platform\":{\"architecture\":\"arm64\"}}]}"
                .getBytes(StandardCharsets.UTF_8);
        var digest = Digest.of(content);
        Files.write(Files.createDirectories(directory.resolve("blobs/sha256")).resolve(digest.hex()), content);

        assertThatThrownBy(() -> OciImage.open(directory, digest))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.fix())
                                .hasValueSatisfying(fix -> assertThat(fix).contains("arm64 sha256:77")));
    }

    @Test
    void whatIsNoArchiveIsRefused() throws Exception {
        var noise = Files.write(directory.resolve("noise"), new byte[] {1, 2, 3});
        var gzip = Files.write(directory.resolve("gzip"), ImageComposer.gzipped(new byte[9]));
        var digest = Digest.of(new byte[0]);

        assertThatThrownBy(() -> OciImage.open(noise, digest)).isInstanceOf(UserError.class);
        assertRefused("compressed as a whole", () -> OciImage.open(gzip, digest));
    }
}
