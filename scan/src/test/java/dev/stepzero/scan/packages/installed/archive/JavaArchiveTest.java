package dev.stepzero.scan.packages.installed.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JavaArchiveTest {
    private static final long BUDGET = 128 << 20;

    private final List<JavaLibrary> found = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    private List<String> read(String name, byte[] content) throws IOException {
        return read(name, content, content.length);
    }

    private List<String> read(String name, byte[] content, long claimedSize) throws IOException {
        new JavaArchive(found::add, (within, why) -> unread.add(within + ": " + why), BUDGET)
                .read(name, claimedSize, new ByteArrayInputStream(content));
        return found.stream()
                .map(each -> each.group() + ":" + each.artifact() + ":" + each.version() + each.within())
                .toList();
    }

    private static Zip library(String group, String artifact, String version) {
        return new Zip().pom(group, artifact, version);
    }

    @Test
    void isKnownByItsPomPropertiesAndItsDigest() throws Exception {
        var jar = library("org.slf4j", "slf4j-api", "2.0.16")
                .deflated("META-INF/maven/org.slf4j/slf4j-api/pom.xml", """
                        <project><licenses><license><name>MIT</name><url>x</url></license></licenses>
                          <dependencies><dependency><name>not this</name></dependency></dependencies></project>
                        """)
                .bytes();

        assertThat(read("renamed.jar", jar)).containsExactly("org.slf4j:slf4j-api:2.0.16");
        assertThat(found.getFirst().digest()).contains(Digest.of(jar));
        assertThat(found.getFirst().licenses()).containsExactly("MIT");
    }

    @Test
    void ofSpringBootEachLibraryIsFoundWithItsOwnDigest() throws Exception {
        var inner = library("com.fasterxml", "jackson-core", "2.18.0").bytes();
        var boot = library("com.example", "shop", "1.0")
                .stored("BOOT-INF/lib/jackson-core-2.18.0.jar", inner)
                .bytes();

        assertThat(read("shop-1.0.jar", boot))
                .containsExactly(
                        "com.fasterxml:jackson-core:2.18.0!/BOOT-INF/lib/jackson-core-2.18.0.jar",
                        "com.example:shop:1.0");
        assertThat(found.getFirst().digest()).contains(Digest.of(inner));
    }

    @Test
    void archivesAreSoughtInArchivesOfArchives() throws Exception {
        var jar = library("g", "a", "1").bytes();
        var war = new Zip().deflated("WEB-INF/lib/a-1.jar", jar).bytes();
        var ear = new Zip().deflated("web.war", war).bytes();

        assertThat(read("all.ear", ear)).containsExactly("g:a:1!/web.war!/WEB-INF/lib/a-1.jar");
    }

    @Test
    void whatWasShadedIntoItIsFoundButHasNoDigestOfItsOwn() throws Exception {
        var uber = library("com.example", "app", "1.0")
                .pom("com.google.guava", "guava", "33.0-jre")
                .bytes();

        assertThat(read("app-1.0-shaded.jar", uber))
                .containsExactly("com.example:app:1.0", "com.google.guava:guava:33.0-jre");
        assertThat(found.get(0).digest()).contains(Digest.of(uber));
        assertThat(found.get(1).digest()).isEmpty();
    }

    @Test
    void withoutAPomTheManifestAndTheNameTell() throws Exception {
        var bundle = new Zip().deflated("META-INF/MANIFEST.MF", """
                        Manifest-Version: 1.0
                        Bundle-SymbolicName: org.example.too
                         ls;singleton:=true
                        Bundle-Version: 2.1.0.RELEASE
                        """).bytes();
        var vendor = new Zip()
                .deflated("META-INF/MANIFEST.MF", "Implementation-Vendor-Id: org.old\n")
                .bytes();

        assertThat(read("plugin.jar", bundle)).containsExactly("org.example:org.example.tools:2.1.0.RELEASE");
        found.clear();
        assertThat(read("commons-old-1.2-sources.jar", vendor)).containsExactly("org.old:commons-old:1.2");
        found.clear();
        assertThat(read("nothing.jar", new Zip().deflated("a.txt", "x").bytes()))
                .isEmpty();
    }

    @Test
    void oneThatIsTooLargeForMemoryIsReadAsItStreamsBy() throws Exception {
        var inner = library("g", "inner", "1").bytes();
        var jar = library("g", "outer", "1").stored("lib/inner-1.jar", inner).bytes();

        assertThat(read("outer-1.jar", jar, Integer.MAX_VALUE))
                .containsExactly("g:inner:1!/lib/inner-1.jar", "g:outer:1");
        assertThat(found.getLast().digest()).contains(Digest.of(jar));
    }

    @Test
    void anEntryThatClaimsMoreThanItMayIsNotDecompressed() throws Exception {
        var bomb = new byte[64 << 20];
        var jar = library("g", "outer", "1").deflated("lib/bomb.jar", bomb).bytes();

        assertThat(read("outer-1.jar", jar)).containsExactly("g:outer:1");
        assertThat(unread).singleElement().asString().contains("larger than");
    }

    @Test
    void nestsOnlySoDeep() throws Exception {
        var jar = library("g", "deep", "1").bytes();
        for (int i = 0; i < 20; i++) {
            jar = new Zip().deflated("inner.jar", jar).bytes();
        }

        assertThat(read("outer.jar", jar)).isEmpty();
        assertThat(unread).singleElement().asString().endsWith("nested deeper than 16 archives");
    }

    @Test
    void manyArchivesOfManyArchivesEndWithAnErrorInsteadOfNever() throws Exception {
        var jar = new Zip().stored("zeros", new byte[1 << 20]).bytes();
        for (int level = 0; level < 4; level++) {
            var next = new Zip();
            for (int i = 0; i < 16; i++) {
                next.deflated("inner" + i + ".jar", jar);
            }
            jar = next.bytes();
        }
        var bomb = jar;

        assertThatThrownBy(() -> read("bomb.jar", bomb))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContaining("asks for more");
    }

    @Property(tries = 300)
    void noDamageBreaksTheReader(@ForAll byte[] noise, @ForAll int where) throws IOException {
        var jar = library("g", "a", "1")
                .stored("lib/b-1.jar", library("g", "b", "1").bytes())
                .bytes();
        int at = Math.floorMod(where, jar.length);
        System.arraycopy(noise, 0, jar, at, Math.min(noise.length, jar.length - at));

        try {
            read("a-1.jar", jar);
        } catch (UnreadableFile e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}
