package dev.stepzero.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A request that is sent again is done once. */
@ExtendWith(RunningServer.class)
class IdempotencyTest {
    private static final String KEY = "Idempotency-Key";
    private static final String PATH = "/api/v1/projects/vault/secrets";

    private static String secret(String name, String value) {
        return "{\"environment\":\"production\",\"step\":\"smoke\",\"name\":\"%s\",\"value\":\"%s\"}"
                .formatted(name, value);
    }

    private static ApiClient operator(Running server) {
        return ApiClient.as(server, Grant.in("vault", Role.OPERATOR));
    }

    @Test
    void theSameRequestGetsTheSameAnswerAndIsDoneOnce(Running server) {
        var client = operator(server).with(KEY, UUID.randomUUID().toString());

        var first = client.post(PATH, secret("ONCE", "correct horse"));
        var again = client.post(PATH, secret("ONCE", "correct horse"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.http().body()).isEqualTo(first.http().body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void aRefusalIsAnAnswerToo(Running server) {
        var client = operator(server).with(KEY, UUID.randomUUID().toString());

        assertThat(client.post(PATH, "{}").status()).isEqualTo(422);
        assertThat(client.post(PATH, "{}").header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void aKeyIsForOneRequestOfOneCaller(Running server) {
        var key = UUID.randomUUID().toString();
        var client = operator(server).with(KEY, key);
        client.post(PATH, secret("MINE", "correct horse"));

        var another = client.post(PATH, secret("MINE", "battery staple"));
        var stranger = operator(server).with(KEY, key).post(PATH, secret("THEIRS", "battery staple"));

        assertThat(another.status()).isEqualTo(422);
        assertThat(another.text("/field")).isEqualTo(KEY);
        assertThat(stranger.status()).isEqualTo(201);
    }

    @Test
    void ofManyAtOnceOneIsDone(Running server) throws Exception {
        var client = operator(server).with(KEY, UUID.randomUUID().toString());
        List<Future<ApiClient.Answer>> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> client.post(PATH, secret("RACE", "correct horse"))))
                    .toList();
        }

        var done = 0;
        for (var answer : answers) {
            assertThat(answer.get().status()).isIn(201, 409);
            done += answer.get().status() == 201
                            && answer.get().header("Idempotency-Replayed").isEmpty()
                    ? 1
                    : 0;
        }
        assertThat(done).isEqualTo(1);
    }

    @Test
    void whatAServerBeganAndNeverAnsweredIsNotDoneAgain(Running server) {
        var client = operator(server).with(KEY, UUID.randomUUID().toString());
        client.post(PATH, secret("CUT", "correct horse"));
        server.part(Jdbi.class).useHandle(handle -> handle.execute("update answered_request set status = null"));

        var again = client.post(PATH, secret("CUT", "correct horse"));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void aKeyIsForgottenAfterADay(Running server) {
        var client = operator(server).with(KEY, UUID.randomUUID().toString());
        client.post(PATH, secret("OLD", "correct horse"));
        server.part(Jdbi.class)
                .useHandle(handle ->
                        handle.execute("update answered_request set begun_at = begun_at - interval '25 hours'"));

        assertThat(client.post(PATH, secret("OLD", "correct horse")).status())
                .as("it is done anew, and there is such a secret")
                .isEqualTo(422);
    }

    @Test
    void nothingOfWhatWasSentIsStored(Running server) {
        var key = UUID.randomUUID().toString();
        operator(server).with(KEY, key).post(PATH, secret("HIDDEN", "correct horse"));

        var rows = server.part(Jdbi.class)
                .withHandle(handle -> handle.createQuery("select r::text from answered_request r")
                        .mapTo(String.class)
                        .list());

        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(key) || row.contains("horse"));
    }

    @Test
    void aKeyThatCouldBeGuessedIsRefused(Running server) {
        assertThat(operator(server).with(KEY, "1").post(PATH, "{}").text("/field"))
                .isEqualTo(KEY);
    }
}
