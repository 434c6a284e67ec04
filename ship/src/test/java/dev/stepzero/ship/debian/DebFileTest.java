package dev.stepzero.ship.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebFileTest {
    private static final String CONTROL = "Package: app\nVersion: 1\n";

    @TempDir
    Path temporary;

    @Test
    void itsEntriesComeInOrderWithTheirContent() throws Exception {
        var deb = write(TestArchive.tar(
                TestArchive.file("./usr/bin/app", "#!"),
                TestArchive.special("./usr/bin/link", TarConstants.LF_SYMLINK, "/usr/bin/app"),
                TestArchive.special("./usr/bin/hard", TarConstants.LF_LINK, "./usr/bin/app")));
        var seen = new ArrayList<String>();

        var read = DebFile.read(
                deb,
                (entry, content) ->
                        seen.add(entry.path() + " " + new String(content.readAllBytes(), StandardCharsets.UTF_8)));

        assertThat(read.control()).isEqualTo(CONTROL);
        assertThat(seen).containsExactly("usr/bin/app #!", "usr/bin/link ", "usr/bin/hard ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc/passwd", "./usr/../../etc/passwd", "/etc/passwd", "usr/.."})
    void aPathThatLeadsOutIsRefused(String path) throws Exception {
        var deb = write(TestArchive.tar(TestArchive.file(path, "root::0:0")));

        assertRefused(deb, "leads out of the package");
    }

    @Test
    void aHardLinkThatLeadsOutIsRefused() throws Exception {
        var deb = write(TestArchive.tar(TestArchive.special("./shadow", TarConstants.LF_LINK, "../../etc/shadow")));

        assertRefused(deb, "leads out of the package");
    }

    @Test
    void aDeviceIsRefused() throws Exception {
        var deb = write(TestArchive.tar(TestArchive.special("./dev/mem", TarConstants.LF_CHR, "")));

        assertRefused(deb, "neither a file, a directory nor a link");
    }

    @Test
    void aPackageThatUnpacksToTooMuchIsRefused() throws Exception {
        var deb = write(TestArchive.tar(TestArchive.file("./zeros", "\0".repeat(1 << 20))));

        assertThat(Files.size(deb)).isLessThan(1 << 14);
        assertThatThrownBy(() -> DebFile.read(deb, (entry, content) -> content.readAllBytes(), 1 << 16))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("unpacks to more than it may");
    }

    @Test
    void aTruncatedPackageIsRefusedWhereverItEnds() throws Exception {
        var whole = Files.readAllBytes(write(TestArchive.tar(TestArchive.file("./usr/bin/app", "#!"))));

        for (var length = 0; length < whole.length - 16; length += 7) {
            var cut = Files.write(temporary.resolve("cut.deb"), Arrays.copyOf(whole, length));
            assertRefused(cut, "not a sound Debian package");
        }
    }

    @Test
    void damagedBytesGiveAClearErrorOrAreHarmless() throws Exception {
        var whole = Files.readAllBytes(write(TestArchive.tar(TestArchive.file("./usr/bin/app", "#!"))));
        var random = new Random(1);

        for (var round = 0; round < 300; round++) {
            var damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            var file = Files.write(temporary.resolve("damaged.deb"), damaged);
            assertReadsOrRefuses(file);
        }
    }

    private static void assertReadsOrRefuses(Path file) {
        try {
            DebFile.read(file, (entry, content) -> content.readAllBytes());
        } catch (UserError e) {
            assertThat(e).hasMessageContaining("not a sound Debian package");
        }
    }

    private static void assertRefused(Path deb, String why) {
        assertThatThrownBy(() -> DebFile.read(deb, (entry, content) -> content.readAllBytes()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(why);
    }

    private Path write(byte[] dataTar) throws IOException {
        return Files.write(temporary.resolve("app.deb"), TestArchive.deb(CONTROL, dataTar));
    }
}
