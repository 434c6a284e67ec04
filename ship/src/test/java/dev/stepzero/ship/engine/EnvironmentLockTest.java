package dev.stepzero.ship.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class EnvironmentLockTest {
    private final String project = "locked" + System.nanoTime();
    private final DataSource source;
    private final EnvironmentLock lock;

    EnvironmentLockTest(Jdbi jdbi, DataSource source) {
        this.source = source;
        this.lock = new EnvironmentLock(new RunJournal(jdbi, Clock.systemUTC()));
    }

    @Test
    void oneAtATimeHasTheRightAndEverybodySeesWhetherItIsFree() {
        for (var lane : new String[] {"production", "refs/heads/main", "", "other"}) {
            assertThat(lock.isFree(project, lane)).isTrue();

            try (var _ = lock.acquire(project, lane)) {
                assertThat(lock.isFree(project, lane)).isFalse();
                assertThat(lock.isFree(project, lane + "2")).isTrue();
                var refused = catchThrowableOfType(UserError.class, () -> lock.acquire(project, lane));
                assertThat(EnvironmentLock.saysTaken(refused)).isTrue();
            }

            assertThat(lock.isFree(project, lane)).isTrue();
        }
        assertThat(EnvironmentLock.saysTaken(UserError.blocked("something else")))
                .isFalse();
    }

    @Test
    void whoLooksWhetherItIsFreeDoesNotTakeItForThat() {
        var asked = new ArrayList<String>();
        var watched = Jdbi.create(source).setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                asked.add(context.getRenderedSql());
            }
        });

        assertThat(new EnvironmentLock(new RunJournal(watched, Clock.systemUTC())).isFree(project, "production"))
                .isTrue();

        assertThat(asked).isNotEmpty().noneMatch(sql -> sql.contains("lock("));
    }
}
