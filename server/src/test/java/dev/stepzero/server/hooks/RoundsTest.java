package dev.stepzero.server.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningServer.class)
class RoundsTest {
    @Test
    void aPushWhoseDeliveryNeverCameIsFound(Running server) throws Exception {
        try (var upstream = Upstream.of(server)) {
            upstream.commit(Map.of("README", "begun"));
            server.part(Rounds.class).round();
            var missed = upstream.commit(Map.of("README", "changed"));

            server.part(Rounds.class).round();
            server.part(Rounds.class).round();

            assertThat(asked(server, upstream)).containsExactly("ship " + missed);
        }
    }

    @Test
    void aForgeThatIsDownKeepsNoOtherFromBeingLookedAt(Running server) throws Exception {
        try (var away = Upstream.of(server);
                var upstream = Upstream.of(server)) {
            upstream.commit(Map.of("README", "begun"));
            server.part(Rounds.class).round();
            var missed = upstream.commit(Map.of("README", "changed"));
            server.part(Jdbi.class)
                    .useHandle(handle -> handle.execute(
                            "update project set clone_url = 'https://forge.invalid/a/b.git' where name = ?",
                            away.project()));

            server.part(Rounds.class).round();

            assertThat(asked(server, upstream)).containsExactly("ship " + missed);
        }
    }

    @Test
    void whatIsOldIsForgotten(Running server) throws Exception {
        try (var upstream = Upstream.of(server)) {
            upstream.deliver("ping", "old-1", "{\"zen\": \"old\"}");
            server.part(Jdbi.class)
                    .useHandle(handle -> handle.execute(
                            "update webhook_delivery set received_at = now() - interval '40 days', state = 'handled', attempts = 99 where project = ?",
                            upstream.project()));

            server.part(Rounds.class).round();

            var left = server.part(Jdbi.class)
                    .withHandle(handle -> handle.createQuery("select count(*) from webhook_delivery where project = ?")
                            .bind(0, upstream.project())
                            .mapTo(Long.class)
                            .one());
            assertThat(left).isZero();
        }
    }

    private static List<String> asked(Running server, Upstream upstream) {
        return server.part(Jdbi.class)
                .withHandle(handle -> handle.createQuery(
                                "select purpose || ' ' || commit_id from run_request where project = ?")
                        .bind(0, upstream.project())
                        .mapTo(String.class)
                        .list());
    }
}
