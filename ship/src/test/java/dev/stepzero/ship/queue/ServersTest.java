package dev.stepzero.ship.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepzero.ship.TestDatabase;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class ServersTest {
    private final Jdbi jdbi;
    private final Servers servers;

    ServersTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.servers = new Servers(jdbi);
    }

    @BeforeEach
    void empty() {
        jdbi.useHandle(handle -> handle.execute("delete from server"));
    }

    @Test
    void whoGivesNoSignIsSilentAndAfterAWeekForgotten() {
        for (var name : List.of("alive", "dead", "long-gone")) {
            servers.seen(new Servers.Told(name, "1.0", "https://" + name + ".example.org", 2));
        }
        jdbi.useHandle(handle -> {
            handle.execute("update server set seen_at = now() - interval '2 minutes' where name = 'dead'");
            handle.execute("update server set seen_at = now() - interval '8 days' where name = 'long-gone'");
        });

        servers.seen(new Servers.Told("alive", "1.1", "https://alive.example.org", 2));

        assertThat(servers.all())
                .extracting(each -> each.told().name(), each -> each.told().version(), Servers.Known::isSilent)
                .containsExactly(tuple("alive", "1.1", false), tuple("dead", "1.0", true));
    }

    @Test
    void whoEndsIsNotThereAnyMore() {
        servers.seen(new Servers.Told("short", "1.0", "https://short.example.org", 2));

        servers.left("short");

        assertThat(servers.all()).isEmpty();
    }
}
