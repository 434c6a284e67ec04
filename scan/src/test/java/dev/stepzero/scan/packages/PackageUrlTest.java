package dev.stepzero.scan.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageUrlTest {

    @Test
    void everyPartIsRead() {
        var purl = PackageUrl.parse("pkg:deb/Debian/libc6@2.36-9+deb12u7?arch=amd64&distro=debian-12#usr/lib");

        assertThat(purl.type()).isEqualTo("deb");
        assertThat(purl.namespace()).isEqualTo("debian");
        assertThat(purl.name()).isEqualTo("libc6");
        assertThat(purl.version()).isEqualTo("2.36-9+deb12u7");
        assertThat(purl.qualifier("distro")).isEqualTo("debian-12");
        assertThat(purl.subpath()).isEqualTo("usr/lib");
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:npm/%40types/node@20.1.0, @types/node",
        "pkg:maven/org.slf4j/slf4j-api@2.0.0, org.slf4j:slf4j-api",
        "pkg:golang/github.com/Azure/azure-sdk-for-go@v1.0.0, github.com/Azure/azure-sdk-for-go",
        "pkg:deb/debian/zlib1g@1.2, zlib1g",
        "pkg:pypi/Zope_Interface@5, zope-interface",
    })
    void aNameIsWhatTheEcosystemCallsIt(String text, String name) {
        assertThat(PackageUrl.parse(text).displayName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pkg:", "pkg:npm", "pkg:npm/", "npm/left-pad", "pkg:n pm/x", "pkg:npm/%zz@1"})
    void whatIsNoPackageUrlIsRefused(String text) {
        assertThatThrownBy(() -> PackageUrl.parse(text)).isInstanceOf(UserError.class);
    }

    @Property
    void whatIsWrittenIsReadBack(
            @ForAll @NotBlank @StringLength(max = 40) String name,
            @ForAll @StringLength(max = 40) String version,
            @ForAll @StringLength(max = 40) String value) {
        var purl = PackageUrl.of("generic", "some/space", name, version).with("checksum", value);

        assertThat(PackageUrl.tryParse(purl.toString()))
                .hasValueSatisfying(read -> assertThat(read).hasToString(purl.toString()));
    }
}
