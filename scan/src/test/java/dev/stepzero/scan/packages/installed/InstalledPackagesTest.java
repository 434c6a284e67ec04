package dev.stepzero.scan.packages.installed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.image.ImageComposer;
import dev.stepzero.scan.image.LayerTar;
import dev.stepzero.scan.image.OciImage;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.SourcePackage;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.Inventory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledPackagesTest {
    private static final String BOOKWORM = """
            PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
            ID=debian
            VERSION_ID="12"
            VERSION_CODENAME=bookworm
            """;

    private static final String DPKG = """
            Package: libc6
            Status: install ok installed
            Architecture: amd64
            Source: glibc
            Version: 2.36-9
            Description: GNU C Library
             with a second line: and a colon

            Package: bsdutils
            Status: install ok installed
            Architecture: amd64
            Source: util-linux (2.38.1-5)
            Version: 1:2.38.1-5

            Package: gone
            Status: deinstall ok config-files
            Version: 1
            """;

    @TempDir
    Path directory;

    private Inventory of(LayerTar... layers) throws InterruptedException {
        var image = new ImageComposer();
        for (var layer : layers) {
            image.gzip(layer);
        }
        return InstalledPackages.of(OciImage.open(directory, image.layout(directory)));
    }

    private static List<String> purls(Inventory inventory) {
        return inventory.components().stream()
                .map(each -> each.purl().toString())
                .toList();
    }

    private static Component only(Inventory inventory, String name) {
        return inventory.components().stream()
                .filter(each -> each.purl().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void debiansPackagesCarryTheirDistributionAndSource() throws Exception {
        var inventory = of(new LayerTar()
                .link("etc/os-release", "../usr/lib/os-release")
                .file("usr/lib/os-release", 0644, BOOKWORM)
                .file("var/lib/dpkg/status", 0644, DPKG));

        assertThat(inventory.distribution()).contains(new Distribution("debian", "12", "bookworm"));
        assertThat(purls(inventory))
                .containsExactly(
                        "pkg:deb/debian/bsdutils@1:2.38.1-5?arch=amd64&distro=debian-12",
                        "pkg:deb/debian/libc6@2.36-9?arch=amd64&distro=debian-12");
        assertThat(only(inventory, "libc6").source()).contains(new SourcePackage("glibc", "2.36-9"));
        assertThat(only(inventory, "bsdutils").source()).contains(new SourcePackage("util-linux", "2.38.1-5"));
        assertThat(only(inventory, "libc6").places())
                .containsExactly(new Component.Place("/var/lib/dpkg/status", 0, 0));
    }

    @Test
    void distrolessKeepsAFileForEachPackageAndItsChecksumsTellWhatItBrought() throws Exception {
        var inventory = of(new LayerTar()
                .file("etc/os-release", 0644, BOOKWORM)
                .file(
                        "var/lib/dpkg/status.d/python3-six",
                        0644,
                        "Package: python3-six\nVersion: 1.16.0-4\nSource: six\n")
                .file(
                        "var/lib/dpkg/status.d/python3-six.md5sums",
                        0644,
                        "d41d8cd98f00b204e9800998ecf8427e  usr/lib/python3/dist-packages/six-1.16.0.egg-info/PKG-INFO\n")
                .file(
                        "usr/lib/python3/dist-packages/six-1.16.0.egg-info/PKG-INFO",
                        0644,
                        "Metadata-Version: 2.1\nName: six\nVersion: 1.16.0\n"));

        assertThat(purls(inventory)).containsExactly("pkg:deb/debian/python3-six@1.16.0-4?distro=debian-12");
    }

    @Test
    void whatAnOperatingSystemsPackageBroughtIsThatPackages() throws Exception {
        var inventory = of(new LayerTar()
                .file("etc/os-release", 0644, BOOKWORM)
                .file("var/lib/dpkg/status", 0644, DPKG)
                .file(
                        "var/lib/dpkg/info/python3-six.list",
                        0644,
                        "/.\n/lib/python3/dist-packages/six.egg-info\n/usr/share/doc/x\n")
                .file("usr/lib/python3/dist-packages/six.egg-info", 0644, "Name: six\nVersion: 1.16.0\n")
                .file("usr/local/lib/python3.11/site-packages/flask-3.0.0.dist-info/METADATA", 0644, """
                        Metadata-Version: 2.3
                        Name: Flask
                        Version: 3.0.0
                        License-Expression: BSD-3-Clause

                        Version: 9.9.9
                        """));

        assertThat(purls(inventory)).contains("pkg:pypi/flask@3.0.0").doesNotContain("pkg:pypi/six@1.16.0");
        assertThat(only(inventory, "flask").licenses()).containsExactly("BSD-3-Clause");
    }

    @Test
    void alpinesPackagesKnowTheirOriginBranchAndLicence() throws Exception {
        var inventory = of(new LayerTar()
                .file("etc/os-release", 0644, "ID=alpine\nVERSION_ID=3.20.3\n")
                .file("lib/apk/db/installed", 0644, """
                        C:Q1qKcZ
                        P:libcrypto3
                        V:3.3.2-r0
                        A:x86_64
                        L:Apache-2.0
                        o:openssl
                        F:usr/lib/node_modules/npm
                        R:package.json
                        """)
                .file("usr/lib/node_modules/npm/package.json", 0644, "{\"name\": \"npm\", \"version\": \"10.9.1\"}"));

        assertThat(purls(inventory))
                .containsExactly("pkg:apk/alpine/libcrypto3@3.3.2-r0?arch=x86_64&distro=alpine-3.20");
        assertThat(only(inventory, "libcrypto3").source()).contains(new SourcePackage("openssl", "3.3.2-r0"));
        assertThat(only(inventory, "libcrypto3").licenses()).containsExactly("Apache-2.0");
    }

    @Test
    void aPackageThatALaterLayerRemovedOrReplacedIsNotThere() throws Exception {
        var inventory = of(
                new LayerTar()
                        .file("app/node_modules/a/package.json", 0644, "{\"name\": \"a\", \"version\": \"1.0.0\"}")
                        .file(
                                "app/node_modules/@b/c/package.json",
                                0644,
                                "{\"name\": \"@b/c\", \"version\": \"1.0.0\"}")
                        .file("app/node_modules/d/package.json", 0644, "{\"name\": \"d\", \"version\": \"1.0.0\"}"),
                new LayerTar()
                        .file("app/node_modules/.wh.a", 0644, "")
                        .file(
                                "app/node_modules/@b/c/package.json",
                                0644,
                                "{\"name\": \"@b/c\", \"version\": \"2.0.0\"}"));

        assertThat(purls(inventory)).containsExactly("pkg:npm/d@1.0.0", "pkg:npm/%40b/c@2.0.0");
        assertThat(only(inventory, "c").places())
                .containsExactly(new Component.Place("/app/node_modules/@b/c/package.json", 0, 1));
    }

    @Test
    void aPackageManagersDatabaseOfTheLastLayerIsTheOneThatCounts() throws Exception {
        var inventory = of(
                new LayerTar().file("var/lib/dpkg/status", 0644, DPKG),
                new LayerTar().file("var/lib/dpkg/status", 0644, """
                        Package: libc6
                        Status: install ok installed
                        Version: 2.36-9+deb12u8
                        """));

        assertThat(purls(inventory)).containsExactly("pkg:deb/debian/libc6@2.36-9%2Bdeb12u8");
    }

    @Test
    void everyLanguagesPackagesAreFound() throws Exception {
        var inventory = of(new LayerTar()
                .file("usr/lib/ruby/gems/3.3.0/specifications/nokogiri-1.16.7-x86_64-linux.gemspec", 0644, "x")
                .file("usr/lib/ruby/gems/3.3.0/specifications/default/net-http-0.4.1.gemspec", 0644, "x")
                .file("srv/vendor/composer/installed.json", 0644, """
                        {"packages": [{"name": "monolog/monolog", "version": "v3.5.0", "license": ["MIT"]},
                          {"name": "phpunit/phpunit", "version": "11.0.0"}], "dev-package-names": ["phpunit/phpunit"]}
                        """)
                .file(
                        "srv/app.deps.json",
                        0644,
                        "{\"libraries\": {\"Newtonsoft.Json/13.0.1\": {\"type\": \"package\"}}}")
                .file("opt/conda/conda-meta/numpy.json", 0644, "{\"name\": \"numpy\", \"version\": \"2.1.0\"}"));

        assertThat(purls(inventory))
                .containsExactly(
                        "pkg:composer/monolog/monolog@3.5.0",
                        "pkg:composer/phpunit/phpunit@11.0.0",
                        "pkg:conda/numpy@2.1.0",
                        "pkg:gem/net-http@0.4.1",
                        "pkg:gem/nokogiri@1.16.7?platform=x86_64-linux",
                        "pkg:nuget/Newtonsoft.Json@13.0.1");
        assertThat(only(inventory, "phpunit").scope()).isEqualTo(Component.Scope.DEVELOPMENT);
    }

    @Test
    void aRootFileSystemIsReadLikeAnImage() throws Exception {
        Files.createDirectories(directory.resolve("var/lib/dpkg"));
        Files.createDirectories(directory.resolve("usr/lib"));
        Files.createDirectories(directory.resolve("etc"));
        Files.createDirectories(directory.resolve("proc"));
        Files.writeString(directory.resolve("usr/lib/os-release"), BOOKWORM);
        Files.writeString(directory.resolve("var/lib/dpkg/status"), DPKG);
        Files.createSymbolicLink(directory.resolve("etc/os-release"), Path.of("/usr/lib/os-release"));
        Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));

        var inventory = InstalledPackages.of(directory);

        assertThat(purls(inventory)).contains("pkg:deb/debian/libc6@2.36-9?arch=amd64&distro=debian-12");
        assertThat(inventory.distribution()).contains(new Distribution("debian", "12", "bookworm"));
        assertThat(only(inventory, "libc6").places().getFirst().layer()).isEqualTo(-1);
    }

    @Test
    void whatCannotBeReadIsSaidAndTheRestIsReadAllTheSame() throws Exception {
        var image = new ImageComposer()
                .gzip(new LayerTar()
                        .file("app/broken.jar", 0644, "this is no archive")
                        .file("app/node_modules/a/package.json", 0644, "{broken")
                        .file("app/node_modules/b/package.json", 0644, "{\"name\": \"b\", \"version\": \"1.0.0\"}")
                        .file("var/lib/rpm/rpmdb.sqlite", 0644, "SQLite format 3\0 and nothing"));
        var packages = new InstalledPackages();
        var files = OciImage.open(directory, image.layout(directory)).files(packages);

        assertThat(purls(packages.inventory(files))).containsExactly("pkg:npm/b@1.0.0");
        assertThat(packages.unread(files))
                .extracting(each -> each.path() + ": " + each.reason())
                .containsExactly(
                        "/app/broken.jar: no ZIP archive",
                        "/app/node_modules/a/package.json: no JSON",
                        "/var/lib/rpm/rpmdb.sqlite: no database of RPM");
    }
}
