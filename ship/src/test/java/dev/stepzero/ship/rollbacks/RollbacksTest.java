package dev.stepzero.ship.rollbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.ship.TestDatabase;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(TestDatabase.class)
class RollbacksTest {
    private static final Actor ADA = new Actor("ada", "", "");

    private final Jdbi jdbi;
    private final String project = "back" + System.nanoTime();
    private final ExecutorService background = Executors.newSingleThreadExecutor();

    RollbacksTest(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Test
    void whyItFailedIsKept() throws Exception {
        try (var rollbacks = new Rollbacks(
                jdbi,
                (request, who) -> {
                    throw UserError.usage("no other release served before").fix("ship one");
                },
                Clock.systemUTC(),
                background)) {
            rollbacks.ask(project, "production", "abc", "errors", ADA);

            assertThat(ended(rollbacks)).satisfies(request -> {
                assertThat(request.status()).isEqualTo("failed");
                assertThat(request.what()).isEqualTo("no other release served before; to mend it: ship one");
                assertThat(request.askedBy()).isEqualTo("ada");
            });
        }
    }

    @Test
    void oneIsGoneAtATime() throws Exception {
        var open = new CountDownLatch(1);
        try (var rollbacks = new Rollbacks(
                jdbi,
                (request, who) -> {
                    open.await();
                    throw UserError.usage("enough");
                },
                Clock.systemUTC(),
                background)) {
            rollbacks.ask(project, "production", "abc", "errors", ADA);

            assertThatThrownBy(() -> rollbacks.ask(project, "production", "abc", "errors", ADA))
                    .isInstanceOf(UserError.class);

            open.countDown();
            ended(rollbacks);
            rollbacks.ask(project, "production", "abc", "errors again", ADA);
            ended(rollbacks);
        }
    }

    @Test
    void aReasonIsNeeded() {
        try (var rollbacks = new Rollbacks(jdbi, (request, who) -> 1, Clock.systemUTC(), background)) {
            assertThatThrownBy(() -> rollbacks.ask(project, "production", "abc", " ", ADA))
                    .isInstanceOf(UserError.class);
        }
    }

    /** What was asked for goes in turn, so what comes last finds it ended. */
    private RollbackRequest ended(Rollbacks rollbacks) throws Exception {
        background.submit(() -> {}).get();
        return rollbacks.of(project, "production", 1).getFirst();
    }
}
