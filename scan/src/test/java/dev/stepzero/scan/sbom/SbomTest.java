package dev.stepzero.scan.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SbomTest {
    private static final PackageUrl GLIBC =
            PackageUrl.parse("pkg:deb/debian/libc6@2.36-9%2Bdeb12u7?arch=amd64&distro=debian-12");
    private static final PackageUrl SERVLET = PackageUrl.parse("pkg:maven/jakarta.servlet/jakarta.servlet-api@6.1.0");
    private static final PackageUrl JETTY = PackageUrl.parse("pkg:maven/org.eclipse.jetty/jetty-server@12.1.14");

    private static Sbom example() {
        var packages = new Inventory.Collector();
        packages.add(new Component(
                GLIBC,
                Scope.RUNTIME,
                false,
                List.of(new Place("/var/lib/dpkg/status.d/libc6", 1, 0)),
                Optional.of(new Component.SourcePackage("glibc", "2.36-9+deb12u7")),
                Optional.empty(),
                List.of("LGPL-2.1-or-later", "the authors' own")));
        packages.add(new Component(
                JETTY,
                Scope.RUNTIME,
                true,
                List.of(Place.of("pom.xml", 12), new Place("/app/lib/jetty-server.jar", 0, 3)),
                Optional.empty(),
                Optional.of(Digest.of(new byte[] {1})),
                List.of("(EPL-2.0 OR Apache-2.0)")));
        packages.add(new Component(
                SERVLET,
                Scope.PROVIDED,
                false,
                List.of(Place.of("pom.xml", 12)),
                Optional.empty(),
                Optional.empty(),
                List.of("Apache-2.0")));
        packages.depends(JETTY, SERVLET);
        return new Sbom(
                "invoicer",
                "3f2a1c",
                Optional.of(Digest.of(new byte[] {2})),
                Instant.parse("2026-11-21T10:00:00Z"),
                packages.inventory(Optional.of(new Distribution("debian", "12", "bookworm"))));
    }

    private static String written(Sbom sbom, SbomFormat format) throws IOException {
        var out = new ByteArrayOutputStream();
        format.write(sbom, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Sbom read(String text) throws IOException {
        return SbomReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadBackWhole(SbomFormat format) throws IOException {
        assertThat(read(written(example(), format))).isEqualTo(example());
    }

    @ParameterizedTest
    @EnumSource
    void theSameSbomIsAlwaysTheSameBytes(SbomFormat format) throws IOException {
        assertThat(written(example(), format)).isEqualTo(written(example(), format));
    }

    @Test
    void cycloneDxIsValid() throws IOException {
        assertValid(written(example(), SbomFormat.CYCLONEDX), SpecificationVersion.DRAFT_7, "/bom-1.6.schema.json");
    }

    @Test
    void spdxIsValid() throws IOException {
        assertValid(
                written(example(), SbomFormat.SPDX),
                SpecificationVersion.DRAFT_2019_09,
                "/resources/spdx-schema-v2.3.json");
    }

    @Test
    void spdxThreeIsValid() throws IOException {
        assertValid(
                written(example(), SbomFormat.SPDX3),
                SpecificationVersion.DRAFT_2020_12,
                "/resources/spdx-schema-v3.0.1.json");
    }

    private static void assertValid(String document, SpecificationVersion dialect, String schema) throws IOException {
        var registry = SchemaRegistry.withDefaultDialect(
                dialect,
                builder -> builder.schemas(id -> id.startsWith("http://cyclonedx.org/schema/")
                        ? text("/" + id.substring(id.lastIndexOf('/') + 1))
                        : null));
        try (var in = resource(schema)) {
            assertThat(registry.getSchema(in).validate(new JsonMapper().readTree(document)))
                    .isEmpty();
        }
    }

    private static String text(String resource) {
        try (var in = resource(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(SbomTest.class.getResourceAsStream(name), name);
    }

    @Test
    void componentsInsideOthersAreFound() throws IOException {
        var sbom = read("""
                {"bomFormat": "CycloneDX", "specVersion": "1.4", "components": [
                  {"type": "application", "name": "web", "components": [
                    {"type": "library", "name": "left-pad", "purl": "pkg:npm/left-pad@1.3.0"}]}]}""");

        assertThat(sbom.inventory().components())
                .extracting(component -> component.purl().toString())
                .containsExactly("pkg:npm/left-pad@1.3.0");
    }

    @Test
    void spdxThreeIsRead() throws IOException {
        var sbom = read("""
                {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
                  {"type": "CreationInfo", "@id": "_:c", "specVersion": "3.0.1", "created": "2026-01-02T03:04:05Z"},
                  {"type": "software_Sbom", "spdxId": "urn:sbom", "rootElement": ["urn:root"]},
                  {"type": "software_Package", "spdxId": "urn:root", "name": "shop"},
                  {"type": "software_Package", "spdxId": "urn:a", "name": "a", "software_packageUrl": "pkg:npm/a@1.0.0"},
                  {"type": "software_Package", "spdxId": "urn:b", "name": "b", "externalIdentifier": [
                    {"externalIdentifierType": "packageUrl", "identifier": "pkg:npm/b@2.0.0"}]},
                  {"type": "Relationship", "from": "urn:root", "relationshipType": "dependsOn", "to": ["urn:a"]},
                  {"type": "LifecycleScopedRelationship", "from": "urn:a", "relationshipType": "dependsOn",
                   "scope": "development", "to": ["urn:b"]}]}""");

        assertThat(sbom.name()).isEqualTo("shop");
        assertThat(sbom.created()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(sbom.inventory().components())
                .extracting(Component::direct, Component::scope)
                .containsExactly(tuple(true, Scope.RUNTIME), tuple(false, Scope.DEVELOPMENT));
    }

    @Test
    void dependenciesMayGoInCircles() throws IOException {
        var sbom = read("""
                {"bomFormat": "CycloneDX", "components": [
                  {"bom-ref": "a", "name": "a", "purl": "pkg:npm/a@1"}, {"bom-ref": "b", "name": "b", "purl": "pkg:npm/b@1"}],
                 "dependencies": [{"ref": "a", "dependsOn": ["b"]}, {"ref": "b", "dependsOn": ["a", "gone"]}]}""");

        assertThat(sbom.inventory().dependencies()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"bomFormat\": \"CycloneDX\"",
                "<bom xmlns='http://cyclonedx.org/schema/bom/1.6'/>",
                "{\"bomFormat\": \"Other\", \"components\": []}",
            })
    void whatIsNoSbomIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UserError.class);
    }

    @Test
    void anElementWithoutEndIsRefusedBeforeItFillsTheMemory() {
        var endless = new InputStream() {
            private final byte[] head = "{\"components\": [{\"properties\": [".getBytes(StandardCharsets.UTF_8);
            private int at;

            @Override
            public int read() {
                return at < head.length ? head[at++] : at++ % 2 == 0 ? '1' : ',';
            }
        };

        assertThatThrownBy(() -> SbomReader.read(endless))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("single element");
    }
}
