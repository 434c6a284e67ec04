package dev.stepzero.server.parts;

import dev.stepzero.core.egress.AddressRange;
import dev.stepzero.core.egress.EgressGuard;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.LedgerAudit;
import dev.stepzero.guard.identity.SealingKey;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.ship.affected.ToldVulnerabilities;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.evidence.EvidenceLog;
import dev.stepzero.ship.findings.Excerpts;
import dev.stepzero.ship.findings.Findings;
import dev.stepzero.ship.findings.Sightings;
import dev.stepzero.ship.forge.endpoint.ForgeTokens;
import dev.stepzero.ship.forge.inbox.Deliveries;
import dev.stepzero.ship.forge.own.OwnRepositories;
import dev.stepzero.ship.forge.own.PushLedger;
import dev.stepzero.ship.forge.own.PushLimits;
import dev.stepzero.ship.forge.own.ReviewRequests;
import dev.stepzero.ship.git.FetchPolicy;
import dev.stepzero.ship.git.Mirrors;
import dev.stepzero.ship.runs.DeliveryMetrics;
import dev.stepzero.ship.runs.LogTail;
import dev.stepzero.ship.runs.RunHistory;
import dev.stepzero.ship.waivers.WaiverBook;
import dev.stepzero.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What ship knows and does, over the server's own database. */
@Configuration(proxyBeanMethods = false)
class ShipParts {
    /** Networks of one's own where forges are, such as {@code 10.1.0.0/16}, separated by commas. */
    private static final String FORGE_NETWORKS = "STEPZERO_FORGE_NETWORKS";

    @Bean
    InstalledLedger installedLedger(ServerSettings settings, Database database, Clock clock) {
        return InstalledLedger.open(settings.home(), database.dataSource(), clock);
    }

    @Bean
    Ledger ledger(InstalledLedger installed) {
        return installed.ledger();
    }

    @Bean
    Audit audit(Ledger ledger, Clock clock) {
        return new LedgerAudit(ledger, clock);
    }

    @Bean
    EgressGuard egressGuard(ServerSettings settings) {
        var blocks = settings.environment().getOrDefault(FORGE_NETWORKS, "").split(",");
        return EgressGuard.allowing(Arrays.stream(blocks)
                .map(String::strip)
                .filter(block -> !block.isEmpty())
                .map(AddressRange::parse)
                .collect(Collectors.toSet()));
    }

    @Bean
    FetchPolicy fetchPolicy(ServerSettings settings, EgressGuard guard) {
        return FetchPolicy.guardedBy(guard).with(repositories(settings));
    }

    @Bean
    ForgeTokens forgeTokens(Jdbi jdbi, SealingKey key, Clock clock) {
        return new ForgeTokens(jdbi, key, clock);
    }

    @Bean
    Mirrors mirrors(ServerSettings settings, FetchPolicy policy, ForgeTokens tokens) {
        return new Mirrors(settings.home().root().resolve("mirrors"), policy, tokens);
    }

    @Bean
    ReviewRequests reviewRequests(Jdbi jdbi, Clock clock) {
        return new ReviewRequests(jdbi, clock);
    }

    @Bean
    PushLedger pushLedger(Ledger ledger, Deliveries deliveries, Clock clock) {
        return new PushLedger(ledger, deliveries, clock);
    }

    @Bean
    OwnRepositories ownRepositories(ServerSettings settings, PushLedger ledger, ReviewRequests reviews, Clock clock) {
        return new OwnRepositories(repositories(settings), ledger, reviews, PushLimits.USUAL, clock);
    }

    private static Path repositories(ServerSettings settings) {
        return settings.home().root().resolve("repositories");
    }

    @Bean
    Projects projects(Jdbi jdbi, FetchPolicy policy, Clock clock) {
        return new Projects(jdbi, policy, clock);
    }

    @Bean
    RunJournal runJournal(Jdbi jdbi, Clock clock) {
        return new RunJournal(jdbi, clock);
    }

    @Bean
    RunHistory runHistory(Jdbi jdbi, Clock clock) {
        return new RunHistory(jdbi, clock);
    }

    @Bean
    LogTail logTail(Jdbi jdbi) {
        return new LogTail(jdbi);
    }

    @Bean
    DeliveryMetrics deliveryMetrics(Jdbi jdbi) {
        return new DeliveryMetrics(jdbi);
    }

    /** For reading alone: what deploys tells the ledger of it. */
    @Bean
    Deployments deployments(Jdbi jdbi, Clock clock) {
        return new Deployments(jdbi, clock);
    }

    @Bean
    ToldVulnerabilities toldVulnerabilities(Jdbi jdbi) {
        return new ToldVulnerabilities(jdbi);
    }

    @Bean
    Findings findings(Jdbi jdbi) {
        return new Findings(jdbi);
    }

    @Bean
    Sightings sightings(Jdbi jdbi) {
        return new Sightings(jdbi);
    }

    @Bean
    Excerpts excerpts(Projects projects, Mirrors mirrors, RunJournal journal) {
        return new Excerpts(projects, mirrors, journal);
    }

    @Bean
    EvidenceLog evidenceLog(Jdbi jdbi) {
        return new EvidenceLog(jdbi);
    }

    @Bean
    WaiverBook waiverBook(Jdbi jdbi, Ledger ledger, Clock clock) {
        return new WaiverBook(jdbi, ledger, clock);
    }
}
