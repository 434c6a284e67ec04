package dev.stepzero.scan.packages.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import dev.stepzero.scan.packages.installed.rpm.RpmDatabase;
import dev.stepzero.scan.packages.installed.rpm.RpmPackage;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RpmDatabaseTest {
    private static final byte[] BASH = new RpmFixture("bash", "5.1.8", "9.el9")
            .architecture("x86_64")
            .license("GPLv3+")
            .source("bash-5.1.8-9.el9.src.rpm")
            .file("/usr/bin/", "bash")
            .file("/etc/skel/", ".bashrc")
            .header();

    private static final byte[] OPENSSL =
            new RpmFixture("openssl-libs", "3.0.7", "27.el9").epoch(1).header();

    private static List<RpmPackage> read(byte[] database) {
        var all = new ArrayList<RpmPackage>();
        RpmDatabase.read(database, all::add);
        return all;
    }

    private static void assertHolds(byte[] database) {
        assertThat(read(database))
                .containsExactly(
                        new RpmPackage(
                                "bash",
                                "",
                                "5.1.8",
                                "9.el9",
                                "x86_64",
                                "GPLv3+",
                                "bash-5.1.8-9.el9.src.rpm",
                                List.of("/usr/bin/bash", "/etc/skel/.bashrc")),
                        new RpmPackage("openssl-libs", "1", "3.0.7", "27.el9", "", "", "", List.of()));
    }

    @Test
    void sqliteIsRead() {
        assertHolds(RpmFixture.sqlite(BASH, OPENSSL));
    }

    @Test
    void rowsThatSpillOverManyPagesAreRead() {
        var large = new RpmFixture("large", "1", "1");
        for (int i = 0; i < 2000; i++) {
            large.file("/usr/share/large/", "file" + i);
        }

        assertThat(read(RpmFixture.sqlite(large.header())).getFirst().files())
                .hasSize(2000)
                .contains("/usr/share/large/file1999");
    }

    @Test
    void ndbIsRead() {
        assertHolds(RpmFixture.ndb(BASH, OPENSSL));
    }

    @Test
    void berkeleyDbIsRead() {
        assertHolds(RpmFixture.berkeley(BASH, OPENSSL));
    }

    @Test
    void keysOfSignersAreNoPackages() {
        assertThat(read(RpmFixture.ndb(new RpmFixture("gpg-pubkey", "1", "1").header())))
                .isEmpty();
    }

    @Test
    void aTreeThatLeadsBackToItselfIsRefused() {
        var database = RpmFixture.sqlite(BASH);
        RpmFixture.makeCyclic(database);

        assertThatThrownBy(() -> read(database))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContaining("back to itself");
    }

    @Property(tries = 500)
    void noDamageBreaksAReader(@ForAll byte[] noise, @ForAll int where, @ForAll int kind) {
        var database = switch (Math.floorMod(kind, 3)) {
            case 0 -> RpmFixture.sqlite(BASH, OPENSSL);
            case 1 -> RpmFixture.ndb(BASH, OPENSSL);
            default -> RpmFixture.berkeley(BASH, OPENSSL);
        };
        int at = Math.floorMod(where, database.length);
        System.arraycopy(noise, 0, database, at, Math.min(noise.length, database.length - at));

        try {
            read(database);
        } catch (UnreadableFile e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}
