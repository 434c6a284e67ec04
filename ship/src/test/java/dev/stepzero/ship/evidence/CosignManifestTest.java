package dev.stepzero.ship.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.ImageSignature;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.ship.engine.SignedEvidence;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CosignManifestTest {
    private static final Digest IMAGE = new Digest("ab".repeat(32));

    @TempDir
    Path directory;

    /**
     * Configurations that cosign wrote for manifests with such layers: the example of its ATTESTATION_SPEC.md, and a
     * manifest among the test data of sigstore-rs, src/cosign/signature_layers.rs.
     */
    @ParameterizedTest
    @CsvSource({
        "1, ed3ad03d3b87843b5419d7dce9d50a3e0f45554b2ba93bf378611cae6b450cff,"
                + " 233, 83bd5fb5b39f65f28e50a86d48fa79c07880befc292d92eebdc18531054b070c",
        "2, 3b135f3a4b97f77a80e332f3bd09737b449c627fbca957cb464a3322d35ec13f,"
                + " 342, 44f7cbc918de5e174ac682fa0c83b35122482b9900ff312340709ac95a3d5372"
    })
    void theConfigurationIsTheOneThatCosignWrites(int layers, String layer, int size, String config) {
        var text = "{\"mediaType\":\"x\",\"size\":1,\"digest\":\"sha256:%s\"}".formatted(layer);
        var manifest = "{\"layers\":[%s]}".formatted(String.join(",", java.util.Collections.nCopies(layers, text)));

        var changed = CosignManifest.attested(Optional.of(manifest.getBytes(UTF_8)), List.of(), "key");

        assertThat(changed.blobs()).singleElement().satisfies(blob -> {
            assertThat(blob).hasSize(size);
            assertThat(Digest.of(blob)).isEqualTo(new Digest(config));
        });
    }

    /** The order of fields is that of cosign's encoder; the layout that of SIGNATURE_SPEC.md. */
    @Test
    void aSignatureHasTheBytesThatCosignWrites() {
        var key = SigningKey.in(directory);
        var signature = ImageSignature.of(key, IMAGE, "registry.test/app");

        var changed = CosignManifest.signed(Optional.empty(), signature, key.verification());

        var payload = signature.payload().getBytes(UTF_8);
        var config = changed.blobs().getLast();
        assertThat(new String(changed.manifest(), UTF_8)).isEqualTo("""
                        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                        "config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":%d,"digest":"%s"},\
                        "layers":[{"mediaType":"application/vnd.dev.cosign.simplesigning.v1+json",\
                        "size":%d,"digest":"%s",\
                        "annotations":{"dev.cosignproject.cosign/signature":"%s"}}]}""".formatted(
                        config.length, Digest.of(config), payload.length, Digest.of(payload), signature.signature()));
        assertThat(changed.blobs().getFirst()).isEqualTo(payload);
    }

    @Test
    void theSameKeySignsAnImageOnceAndAnotherBesideIt() {
        var one = SigningKey.in(directory.resolve("one"));
        var other = SigningKey.in(directory.resolve("other"));
        var first = CosignManifest.signed(Optional.empty(), ImageSignature.of(one, IMAGE, "app"), one.verification())
                .manifest();

        var again = CosignManifest.signed(Optional.of(first), ImageSignature.of(one, IMAGE, "app"), one.verification())
                .manifest();
        var both = CosignManifest.signed(
                        Optional.of(first), ImageSignature.of(other, IMAGE, "app"), other.verification())
                .manifest();

        assertThat(again).isEqualTo(first);
        assertThat(CosignManifest.layers(Optional.of(both))).hasSize(2).first().isEqualTo(layer(first, 0));
    }

    @Test
    void anAttestationIsALayerWithItsPredicateType() {
        var evidence = new SignedEvidence("" + IMAGE, "https://example.org/check/v1", "{\"payload\":\"\"}");

        var manifest = CosignManifest.attested(Optional.empty(), List.of(evidence), "SHA256:k")
                .manifest();

        assertThat(layer(manifest, 0)).hasToString("""
                        {"mediaType":"application/vnd.dsse.envelope.v1+json","size":14,"digest":"%s",\
                        "annotations":{"dev.cosignproject.cosign/signature":"",\
                        "dev.stepzero.key":"SHA256:k","predicateType":"https://example.org/check/v1"}}""".formatted(Digest.of("{\"payload\":\"\"}".getBytes(UTF_8))));
    }

    @Test
    void whatOthersAttestedStaysAndOurEarlierWordGivesWay() {
        var foreign = new SignedEvidence("" + IMAGE, "https://example.org/check/v1", "{\"foreign\":1}");
        var old = new SignedEvidence("" + IMAGE, "https://example.org/check/v1", "{\"old\":1}");
        var fresh = new SignedEvidence("" + IMAGE, "https://example.org/check/v1", "{\"fresh\":1}");
        var before = CosignManifest.attested(Optional.empty(), List.of(foreign), "them")
                .manifest();
        before =
                CosignManifest.attested(Optional.of(before), List.of(old), "us").manifest();

        var after = CosignManifest.attested(Optional.of(before), List.of(fresh), "us");

        assertThat(CosignManifest.layers(Optional.of(after.manifest()))).hasSize(2);
        assertThat(layer(after.manifest(), 0)).isEqualTo(layer(before, 0));
        assertThat(CosignManifest.attested(Optional.of(after.manifest()), List.of(fresh), "us")
                        .manifest())
                .isEqualTo(after.manifest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"layers\":1}", "null", "x"})
    void whatIsNoManifestIsNotOverwritten(String text) {
        assertThatThrownBy(() -> CosignManifest.attested(Optional.of(text.getBytes(UTF_8)), List.of(), "us"))
                .isInstanceOf(UserError.class);
    }

    private static tools.jackson.databind.JsonNode layer(byte[] manifest, int number) {
        return JsonMapper.shared().readTree(manifest).path("layers").path(number);
    }
}
