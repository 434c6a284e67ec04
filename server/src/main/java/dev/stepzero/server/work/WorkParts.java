package dev.stepzero.server.work;

import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.ship.Shipping;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.git.Mirrors;
import dev.stepzero.ship.queue.QueueSettings;
import dev.stepzero.ship.queue.RunQueue;
import dev.stepzero.ship.queue.RunWork;
import dev.stepzero.ship.queue.Servers;
import dev.stepzero.ship.queue.ShippingWork;
import dev.stepzero.ship.review.CommitReview;
import dev.stepzero.store.Database;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The runs that this server takes its share of. */
@Configuration(proxyBeanMethods = false)
class WorkParts {
    /** What acts where nobody does: the ledger names it so. */
    private static final String SYSTEM = "system";

    @Bean
    RunWork runWork(
            ServerSettings settings,
            Database database,
            InstalledLedger ledger,
            Projects projects,
            Mirrors mirrors,
            CommitReview review,
            Clock clock)
            throws InterruptedException {
        var actor = new Actor(SYSTEM, "", host());
        var shipping = Shipping.within(settings.home(), settings.environment(), clock, database, ledger, actor);
        return new ShippingWork(shipping, projects, mirrors, review);
    }

    /** Half of the processors run what was asked for: a run itself uses more than one. */
    @Bean
    QueueSettings queueSettings() {
        var most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return QueueSettings.of(host() + "-" + ProcessHandle.current().pid(), most);
    }

    @Bean(destroyMethod = "")
    RunQueue runQueue(Database database, RunJournal journal, RunWork work, QueueSettings settings) {
        return new RunQueue(database.dataSource(), journal, work, settings);
    }

    @Bean
    Servers servers(Jdbi jdbi) {
        return new Servers(jdbi);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
