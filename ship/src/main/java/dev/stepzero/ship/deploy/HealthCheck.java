package dev.stepzero.ship.deploy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks an environment over HTTP whether it serves a commit, as a user of it would. */
final class HealthCheck {
    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 65_536;

    private final Clock clock;
    private final Duration answerTime;

    HealthCheck(Clock clock) {
        this(clock, ANSWER);
    }

    /** A check that waits for each answer no longer than given. */
    HealthCheck(Clock clock, Duration answerTime) {
        this.clock = clock;
        this.answerTime = answerTime;
    }

    /**
     * Waits until an address serves a commit, some times in a row, so that each replica has its turn. A row of good
     * answers that began in time may be completed, however slow each of them is.
     *
     * @return what was wrong at the last attempt; empty when all is well
     */
    String await(URI address, EnvironmentSpec.Application application, String commit, int times, Duration patience)
            throws InterruptedException {
        var deadline = clock.instant().plus(patience);
        var good = 0;
        try (var client = client()) {
            while (true) {
                var wrong = once(client, address, application, commit);
                good = wrong.isEmpty() ? good + 1 : 0;
                if (good >= times) {
                    return "";
                }
                if (!wrong.isEmpty()) {
                    if (clock.instant().isAfter(deadline)) {
                        return wrong;
                    }
                    Thread.sleep(PAUSE);
                }
            }
        }
    }

    private String once(HttpClient client, URI address, EnvironmentSpec.Application application, String commit)
            throws InterruptedException {
        var health = get(client, at(address, application.healthPath()));
        if (health.status() != 200) {
            return application.healthPath() + " " + health.described();
        }
        var version = get(client, at(address, application.versionPath()));
        if (version.status() != 200) {
            return application.versionPath() + " " + version.described();
        }
        return version.body().contains(commit)
                ? ""
                : "%s does not name commit %s but answers: %s"
                        .formatted(application.versionPath(), commit, version.shortened());
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    /** A path never changes the host, not even one that begins with two slashes. */
    private static URI at(URI address, String path) {
        return URI.create(address.getScheme() + "://" + address.getRawAuthority() + path);
    }

    private Answer get(HttpClient client, URI address) throws InterruptedException {
        // A request's own timeout ends with the headers, and a body may trickle for ever.
        var exchange = client.sendAsync(
                HttpRequest.newBuilder(address).build(),
                BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
        try {
            var response = exchange.get(answerTime.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            return new Answer(0, "nothing complete came within %d ms".formatted(answerTime.toMillis()));
        } catch (ExecutionException e) {
            return new Answer(0, String.valueOf(e.getCause()));
        } finally {
            exchange.cancel(true);
        }
    }

    /** What came back; status 0 means that nothing did. */
    private record Answer(int status, String body) {
        String described() {
            return status == 0 ? "gives no answer: " + shortened() : "answers " + status + ": " + shortened();
        }

        String shortened() {
            var line = body.replaceAll("[\\s\\p{Cntrl}\\p{Cf}]+", " ").strip();
            return line.length() <= 200 ? line : line.substring(0, 197) + "...";
        }
    }
}
