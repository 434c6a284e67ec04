package dev.stepzero.ship.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.Attestor;
import dev.stepzero.guard.evidence.ImageSignature;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.scan.registry.Reference;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.evidence.Attachments;
import dev.stepzero.ship.evidence.Dossier;
import dev.stepzero.ship.evidence.EvidenceReader;
import dev.stepzero.ship.image.ArtifactStore;
import dev.stepzero.ship.image.OciLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AttachmentsTest {
    private static final String CHECK = "https://example.org/check/v1";
    private static final String COMMIT = "gitCommit:" + "0f".repeat(20);

    @TempDir
    Path temporary;

    private TestLayout built;
    private SigningKey key;
    private List<SignedEvidence> evidence;
    private ImageSignature signature;

    @BeforeEach
    void sign() {
        built = TestLayout.make(temporary.resolve("built"), 1000);
        key = SigningKey.in(temporary.resolve("keys"));
        evidence = List.of(
                signed(key, built.image().toString(), CHECK, 1),
                signed(key, built.image().toString(), "https://slsa.dev/verification_summary/v1", 1),
                signed(key, COMMIT, CHECK, 1));
        signature = ImageSignature.of(key, built.image(), "registry.test/team/app");
    }

    private static SignedEvidence signed(SigningKey key, String subject, String type, int number) {
        var envelope = new Attestor(key).sign(subject, "app", type, Map.of("number", number));
        return new SignedEvidence(subject, type, envelope);
    }

    private void attach(ArtifactStore store) throws InterruptedException {
        new Attachments(store).attach(built.layout().manifest(built.image()), signature, evidence, key.verification());
    }

    @Test
    void whatIsAttachedInARegistryWithoutListsIsReadBack() throws Exception {
        try (var real = RealRegistry.open(temporary)) {
            var registry = pushed(real.repository("team/app"));
            assertThat(registry.reading().referrers(built.image())).isEmpty();

            attach(registry.writing());

            requireAll(EvidenceReader.read(registry.reading(), built.image()));
            requireList(registry.reading().tagged(tag()).orElseThrow());
        }
    }

    /** Distribution specification 1.1, "Pushing Manifests with Subject". */
    private void requireList(byte[] bytes) {
        var list = JsonMapper.shared().readTree(bytes);
        assertThat(list.path("mediaType").asString()).isEqualTo("application/vnd.oci.image.index.v1+json");
        assertThat(list.path("manifests")).hasSize(3).allSatisfy(each -> {
            assertThat(each.path("mediaType").asString()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
            assertThat(each.at("/annotations/dev.stepzero.key").asString())
                    .isEqualTo(key.verification().id());
        });
        assertThat(texts(list.path("manifests"), "artifactType"))
                .containsExactly(
                        "application/vnd.in-toto.check+dsse",
                        "application/vnd.in-toto.vsa+dsse",
                        "application/vnd.in-toto.check+dsse");
        assertThat(list.at("/manifests/1/annotations/in-toto.io~1predicate-type")
                        .asString())
                .isEqualTo("https://slsa.dev/verification_summary/v1");
    }

    private static List<String> texts(JsonNode array, String field) {
        return array.values().stream()
                .map(each -> each.path(field).asString(""))
                .toList();
    }

    @Test
    void whatIsListedIsAnArtifactThatRefersToTheImage() throws Exception {
        attach(built.layout());

        var list = JsonMapper.shared().readTree(built.layout().tagged(tag()).orElseThrow());
        var digest = Digest.parse(list.at("/manifests/0/digest").asString());
        var manifest = JsonMapper.shared().readTree(built.layout().manifest(digest));
        assertThat(manifest.at("/subject/digest").asString()).isEqualTo("" + built.image());
        assertThat(manifest.at("/subject/size").asInt())
                .isEqualTo(built.layout().manifest(built.image()).length);
        assertThat(manifest.at("/config/mediaType").asString()).isEqualTo("application/vnd.oci.empty.v1+json");
        assertThat(manifest.at("/config/digest").asString())
                .isEqualTo("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        assertThat(manifest.at("/artifactType").asString()).isEqualTo("application/vnd.in-toto.check+dsse");
        assertThat(manifest.at("/layers/0/mediaType").asString()).isEqualTo("application/vnd.dsse.envelope.v1+json");
    }

    @Test
    void aLayoutOnDiskHasTheSameAndStillListsItsImages() throws Exception {
        built.layout().list(built.image(), Optional.of("app:1"));

        attach(built.layout());

        requireAll(EvidenceReader.read(built.layout(), built.image()));
        assertThat(built.layout().images()).containsExactly(Map.entry(built.image(), "app:1"));
    }

    @Test
    void attachingAgainChangesNothing() throws Exception {
        try (var real = RealRegistry.open(temporary)) {
            var registry = pushed(real.repository("team/app"));
            attach(registry.writing());
            var before = tags(registry.reading());
            signature = ImageSignature.of(key, built.image(), "registry.test/team/app");

            attach(registry.writing());

            assertThat(tags(registry.reading())).isEqualTo(before);
        }
    }

    private List<String> tags(ArtifactStore store) throws InterruptedException {
        var tags = new ArrayList<String>();
        for (var suffix : List.of("", ".sig", ".att")) {
            tags.add(new String(store.tagged(tag() + suffix).orElseThrow(), UTF_8));
        }
        return tags;
    }

    @Test
    void aRegistryThatKeepsListsGetsNoTagOfOurs() throws Exception {
        try (var registry = new MemoryRegistry(true)) {
            var client = pushed(registry.repository());

            attach(client.writing());

            assertThat(registry.written).doesNotContain(tag()).contains(tag() + ".sig", tag() + ".att");
            requireAll(EvidenceReader.read(client.reading(), built.image()));
        }
    }

    @Test
    void whatAnotherWriterTookAwayIsAddedAgainAndTheirsIsKept() throws Exception {
        var theirs = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
                + "\"manifests\":[{\"digest\":\"sha256:x\",\"platform\":{\"os\":\"plan9\"}}]}";
        try (var registry = new MemoryRegistry(false)) {
            var client = pushed(registry.repository());
            registry.interference.put(tag(), ours -> theirs.getBytes(UTF_8));

            attach(client.writing());

            var list = JsonMapper.shared().readTree(registry.manifests.get(tag()));
            assertThat(list.path("manifests")).hasSize(4);
            assertThat(list.at("/manifests/0"))
                    .hasToString("{\"digest\":\"sha256:x\",\"platform\":{\"os\":\"plan9\"}}");
        }
    }

    @Test
    void whatAnotherWroteBetweenOurLookAndOurChangeIsKeptWhereTheRegistryKeepsConditions() throws Exception {
        try (var registry = new MemoryRegistry(false)) {
            registry.conditions = MemoryRegistry.Conditions.KEPT;
            var client = pushed(registry.repository());
            registry.race.put(tag(), () -> {
                registry.race.remove(tag());
                registry.manifests.put(tag(), listOf("sha256:theirs"));
            });

            attach(client.writing());

            var list = JsonMapper.shared().readTree(registry.manifests.get(tag()));
            assertThat(list.path("manifests")).hasSize(4);
            assertThat(list.at("/manifests/0/digest").asString()).isEqualTo("sha256:theirs");
        }
    }

    private static byte[] listOf(String digest) {
        return "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[{\"digest\":\"%s\"}]}"
                .formatted(digest)
                .getBytes(UTF_8);
    }

    @Test
    void manyWritersOfARegistryThatKeepsConditionsLoseNothing() throws Exception {
        try (var registry = new MemoryRegistry(false)) {
            registry.conditions = MemoryRegistry.Conditions.KEPT;
            var client = pushed(registry.repository());

            attachAtOnce(4, client::writing);

            var dossier = EvidenceReader.read(client.reading(), built.image());
            assertThat(dossier.envelopes()).hasSize(4);
            assertThat(dossier.signatures()).hasSize(4);
        }
    }

    @Test
    void aRegistryThatRefusesEveryConditionIsWrittenToWithoutOne() throws Exception {
        try (var registry = new MemoryRegistry(false)) {
            registry.conditions = MemoryRegistry.Conditions.ALWAYS_REFUSED;
            var client = pushed(registry.repository());

            attach(client.writing());

            requireAll(EvidenceReader.read(client.reading(), built.image()));
        }
    }

    @Test
    void whereOthersChangeTheListAgainAndAgainThatEndsWithAnError() throws Exception {
        try (var registry = new MemoryRegistry(false)) {
            registry.conditions = MemoryRegistry.Conditions.KEPT;
            var client = pushed(registry.repository());
            var count = new AtomicInteger();
            registry.race.put(tag(), () -> registry.manifests.put(tag(), listOf("sha256:" + count.incrementAndGet())));

            assertThatThrownBy(() -> attach(client.writing()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("others change " + tag() + " as fast as we do");

            assertThat(count).hasValueLessThan(20);
        }
    }

    @Test
    void whatStandsUnderTheTagAndIsNoListIsLeftAlone() throws Exception {
        try (var registry = new MemoryRegistry(false)) {
            var client = pushed(registry.repository());
            registry.manifests.put(tag(), built.layout().manifest(built.image()));

            assertThatThrownBy(() -> attach(client.writing()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("something else stands");

            assertThat(registry.written).doesNotContain(tag());
        }
    }

    @Test
    void manyWritersOfALayoutLoseNothing() throws Exception {
        attachAtOnce(8, () -> OciLayout.at(built.layout().directory()));

        var dossier = EvidenceReader.read(built.layout(), built.image());
        assertThat(dossier.envelopes()).hasSize(8);
        assertThat(dossier.signatures()).hasSize(8);
    }

    private void attachAtOnce(int number, Supplier<ArtifactStore> stores) throws Exception {
        var writers = new ArrayList<Callable<Void>>();
        for (var i = 0; i < number; i++) {
            var own = SigningKey.in(temporary.resolve("key" + i));
            var said = List.of(signed(own, built.image().toString(), CHECK, i));
            var made = ImageSignature.of(own, built.image(), "app");
            writers.add(() -> {
                new Attachments(stores.get())
                        .attach(built.layout().manifest(built.image()), made, said, own.verification());
                return null;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var writer : threads.invokeAll(writers)) {
                writer.get();
            }
        }
    }

    @Test
    void theNextWordOfTheSameKeyTakesThePlaceOfTheOneBefore() throws Exception {
        attach(built.layout());
        evidence = List.of(signed(key, built.image().toString(), CHECK, 2));

        attach(built.layout());

        assertThat(EvidenceReader.read(built.layout(), built.image()).envelopes())
                .hasSize(3)
                .contains(evidence.getFirst().envelope());
    }

    @Test
    void anImageWithNothingBesideItHasAnEmptyDossier() throws Exception {
        var dossier = EvidenceReader.read(built.layout(), built.image());

        assertThat(dossier.envelopes()).isEmpty();
        assertThat(dossier.signatures()).isEmpty();
    }

    private Registry pushed(Reference repository) throws InterruptedException {
        var registry = Registry.of(repository, Optional.empty());
        registry.push(built.layout(), built.image());
        return registry;
    }

    private void requireAll(Dossier dossier) {
        assertThat(dossier.envelopes())
                .containsExactlyInAnyOrderElementsOf(
                        evidence.stream().map(SignedEvidence::envelope).toList());
        assertThat(dossier.signatures()).containsExactly(signature);
    }

    private String tag() {
        return "sha256-" + built.image().hex();
    }
}
