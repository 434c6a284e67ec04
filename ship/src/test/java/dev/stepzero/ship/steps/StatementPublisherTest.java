package dev.stepzero.ship.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.evidence.EvidenceReader;
import dev.stepzero.ship.evidence.PendingStatements;
import dev.stepzero.ship.image.ArtifactStore;
import dev.stepzero.ship.publish.ImagePlaces;
import dev.stepzero.ship.publish.MemoryRegistry;
import dev.stepzero.ship.publish.Registry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
class StatementPublisherTest {
    @TempDir
    Path temporary;

    private TestRelease release;
    private MemoryRegistry registry;
    private ImagePlaces places;
    private PendingStatements pending;
    private StatementPublisher publisher;

    @BeforeEach
    void push(Jdbi jdbi) throws Exception {
        release = TestRelease.of(temporary, "" + System.nanoTime());
        registry = new MemoryRegistry(false);
        places = new ImagePlaces(jdbi);
        places.pushed(release.image, registry.repository());
        pending = new PendingStatements(jdbi, TestRelease.clock());
        publisher = new StatementPublisher(release.layout.directory(), places, pending, release.ring, Map.of());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private SignedEvidence deployed(String address) throws InterruptedException {
        return release.sign("" + release.image, PredicateType.DEPLOYMENT, Map.of("address", address));
    }

    private ArtifactStore remote() {
        return Registry.of(registry.repository(), Optional.empty()).reading();
    }

    private List<String> beside(ArtifactStore store) throws InterruptedException {
        return EvidenceReader.read(store, release.image).envelopes();
    }

    private List<PendingStatements.Pending> waiting() throws InterruptedException {
        return pending.of(
                registry.repository().toString(),
                List.of(release.key().verification().id()),
                10);
    }

    @Test
    void whatIsAnnouncedLiesBesideTheImageWhereverItWasPushed() throws Exception {
        var statement = deployed("http://one");
        publisher.announce(release.image, List.of(statement));

        var failures = publisher.publish(release.image);

        assertThat(failures).isEmpty();
        assertThat(beside(release.layout)).containsExactly(statement.envelope());
        assertThat(beside(remote())).containsExactly(statement.envelope());
        assertThat(remote().tagged(tag(".att"))).isPresent();
        assertThat(remote().tagged(tag(".sig"))).isEmpty();
        assertThat(waiting()).isEmpty();
    }

    private String tag(String suffix) {
        return "sha256-" + release.image.hex() + suffix;
    }

    @Test
    void aRegistryThatFailsIsToldLater() throws Exception {
        var statement = deployed("http://one");
        publisher.announce(release.image, List.of(statement));
        registry.refuse(true);

        var failures = publisher.publish(release.image);

        assertThat(failures).singleElement().asString().contains("" + registry.repository(), "403", "tries again");
        assertThat(beside(release.layout)).containsExactly(statement.envelope());
        assertThat(waiting()).hasSize(1);

        registry.refuse(false);
        assertThat(publisher.publish(release.image)).isEmpty();
        assertThat(beside(remote())).containsExactly(statement.envelope());
    }

    @Test
    void whatWaitsGoesAlongWithTheStatementOfAnotherImage() throws Exception {
        var statement = deployed("http://one");
        publisher.announce(release.image, List.of(statement));
        registry.refuse(true);
        publisher.publish(release.image);
        registry.refuse(false);
        var next = TestRelease.of(temporary, "another " + System.nanoTime());
        places.pushed(next.image, registry.repository());

        publisher.publish(next.image);

        assertThat(beside(remote())).containsExactly(statement.envelope());
    }

    @Test
    void anOlderStatementNeverTakesThePlaceOfANewerOne() throws Exception {
        publisher.announce(release.image, List.of(deployed("http://old")));
        registry.refuse(true);
        publisher.publish(release.image);
        var newer = deployed("http://new");
        publisher.announce(release.image, List.of(newer));
        registry.refuse(false);

        publisher.publish(release.image);

        assertThat(beside(remote())).containsExactly(newer.envelope());
        assertThat(beside(release.layout)).containsExactly(newer.envelope());
    }

    @Test
    void whatBelongsToAnImageThatIsGoneBlocksNothing() throws Exception {
        publisher.announce(release.image, List.of(deployed("http://one")));
        Files.delete(release.layout.blob(release.image));

        assertThat(publisher.publish(release.image)).isEmpty();

        assertThat(waiting()).isEmpty();
    }

    @Test
    void theStatementsOfAnotherEnvironmentsKeyAreLeftToIt(Jdbi jdbi) throws Exception {
        publisher.announce(release.image, List.of(deployed("http://one")));
        var staging = TestRelease.of(temporary.resolve("staging"), "staging");
        var others = new StatementPublisher(
                release.layout.directory(), new ImagePlaces(jdbi), pending, staging.ring, Map.of());

        others.publish(release.image);

        assertThat(waiting()).hasSize(1);
        assertThat(beside(remote())).isEmpty();
    }
}
