package dev.stepzero.ship.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfFileTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    Path temporary;

    @Test
    void aProgramSaysWhichLibrariesItNeedsAndWhoLoadsThem() throws Exception {
        var elf = ElfFile.read(JAVA).orElseThrow();

        assertThat(elf.needed()).contains("libc.so.6", "libjli.so");
        assertThat(elf.interpreter().orElseThrow()).contains("/ld-linux");
    }

    @Test
    void whatIsNoElfFileIsNone() throws Exception {
        var text = Files.writeString(temporary.resolve("text"), "#!/bin/sh\n".repeat(20));

        assertThat(ElfFile.read(text)).isEmpty();
    }

    @Test
    void damagedFilesDoNoHarm() throws Exception {
        var whole = Files.readAllBytes(JAVA);
        var random = new Random(1);

        for (var round = 0; round < 300; round++) {
            var damaged = whole.clone();
            for (var i = 0; i < 8; i++) {
                damaged[5 + random.nextInt(2000)] = (byte) random.nextInt();
            }
            var file = Files.write(temporary.resolve("damaged"), damaged);
            ElfFile.read(file).ifPresent(elf -> assertThat(elf.needed()).hasSizeLessThan(10_000));
        }
    }
}
