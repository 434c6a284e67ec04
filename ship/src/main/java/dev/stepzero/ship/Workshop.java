package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.keys.KeyRings;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.secrets.KeyEncryption;
import dev.stepzero.guard.secrets.SecretIssuer;
import dev.stepzero.guard.secrets.SecretListener;
import dev.stepzero.guard.secrets.SecretStore;
import dev.stepzero.ship.affected.AffectedReleases;
import dev.stepzero.ship.affected.ComponentIndex;
import dev.stepzero.ship.affected.ToldVulnerabilities;
import dev.stepzero.ship.containers.EngineSearch;
import dev.stepzero.ship.debian.AptSources;
import dev.stepzero.ship.decisions.Decisions;
import dev.stepzero.ship.decisions.SecretDecisions;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.evidence.EvidenceLog;
import dev.stepzero.ship.evidence.PendingStatements;
import dev.stepzero.ship.findings.FindingsLog;
import dev.stepzero.ship.phoenix.Clones;
import dev.stepzero.ship.phoenix.RebuildLog;
import dev.stepzero.ship.publish.ImagePlaces;
import dev.stepzero.ship.steps.ImageBuilders;
import dev.stepzero.ship.steps.StatementPublisher;
import dev.stepzero.ship.waivers.WaiverBook;
import dev.stepzero.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What shipping is made of, from one home directory, its database and its ledger, in somebody's name. */
record Workshop(
        Home home,
        Map<String, String> environment,
        Clock clock,
        Database database,
        EngineSearch search,
        InstalledLedger ledger,
        Actor actor) {

    Workshop {
        environment = Map.copyOf(environment);
    }

    Deployments deployments() {
        return new Deployments(database.jdbi(), clock, this::tell);
    }

    private void tell(Handle transaction, long deployment, Deployments.Change change, String reason) {
        switch (change) {
            case STARTS -> decisions().deployment(transaction, "deployment.start", deployment, Outcome.ALLOWED, reason);
            case SERVES ->
                decisions().deployment(transaction, "deployment.serve", deployment, Outcome.SUCCEEDED, reason);
            case FAILED -> decisions().deployment(transaction, "deployment.end", deployment, Outcome.FAILED, reason);
            case REMOVED ->
                decisions().deployment(transaction, "deployment.end", deployment, Outcome.SUCCEEDED, "removed");
        }
    }

    Decisions decisions() {
        return new Decisions(ledger.ledger(), actor, clock);
    }

    RunJournal journal() {
        return new RunJournal(database.jdbi(), clock);
    }

    EvidenceLog evidence() {
        return new EvidenceLog(database.jdbi());
    }

    FindingsLog findings() {
        return new FindingsLog(database.jdbi(), clock);
    }

    SecretStore secrets() {
        return new SecretStore(database.jdbi(), KeyEncryption.of(home, environment), secretListener(), clock);
    }

    SecretIssuer secretIssuer() {
        return new SecretIssuer(secrets(), secretListener(), clock);
    }

    SecretListener secretListener() {
        return new SecretDecisions(ledger.ledger(), actor);
    }

    RebuildLog rebuilds() {
        return new RebuildLog(database.jdbi(), clock);
    }

    Clones clones() {
        return new Clones(database.jdbi(), clock);
    }

    ImageBuilders builders() {
        return builders(home);
    }

    ImageBuilders builders(Home place) {
        return new ImageBuilders(place, AptSources.read(Path.of("/etc/apt"), environment), clock);
    }

    ComponentIndex index() {
        return new ComponentIndex(database.jdbi());
    }

    AffectedReleases affectedReleases() {
        return new AffectedReleases(
                deployments(),
                index(),
                new ToldVulnerabilities(database.jdbi()),
                dev.stepzero.scan.vulnerabilities.database.Database.directory(home),
                clock);
    }

    WaiverBook waivers() {
        return new WaiverBook(database.jdbi(), ledger.ledger(), clock);
    }

    KeyRings keyRings() {
        return new KeyRings(home.keys(), clock);
    }

    Site site(Optional<String> asked) {
        return switch (search) {
            case EngineSearch.Found found -> Site.of(Optional.of(found.engine()), "", asked);
            case EngineSearch.Missing missing -> Site.of(Optional.empty(), missing.reason(), asked);
        };
    }

    Targets targets() {
        return new Targets(home, clock, builders());
    }

    ImagePlaces places() {
        return new ImagePlaces(database.jdbi());
    }

    StatementPublisher statements(KeyRing keys) throws InterruptedException {
        return new StatementPublisher(
                home.registry(), places(), new PendingStatements(database.jdbi(), clock), keys, environment);
    }
}
