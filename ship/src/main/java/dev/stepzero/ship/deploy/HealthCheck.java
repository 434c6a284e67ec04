package dev.stepzero.ship.deploy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** Asks an environment over HTTP whether it serves a commit, as a user of it would. */
final class HealthCheck {
    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 65_536;

    private final Clock clock;

    HealthCheck(Clock clock) {
        this.clock = clock;
    }

    /**
     * Waits until an address serves a commit, some times in a row, so that each replica has its turn.
     *
     * @return what was wrong at the last attempt; empty when all is well
     */
    String await(URI address, EnvironmentSpec.Application application, String commit, int times, Duration patience)
            throws InterruptedException {
        var deadline = clock.instant().plus(patience);
        var good = 0;
        try (var client = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
            while (true) {
                var wrong = once(client, address, application, commit);
                good = wrong.isEmpty() ? good + 1 : 0;
                if (good >= times) {
                    return "";
                }
                if (clock.instant().isAfter(deadline)) {
                    return wrong.isEmpty() ? "it was healthy for too short a time" : wrong;
                }
                if (!wrong.isEmpty()) {
                    Thread.sleep(PAUSE);
                }
            }
        }
    }

    private String once(HttpClient client, URI address, EnvironmentSpec.Application application, String commit)
            throws InterruptedException {
        var health = get(client, address.resolve(application.healthPath()));
        if (health.status() != 200) {
            return application.healthPath() + " " + health.described();
        }
        var version = get(client, address.resolve(application.versionPath()));
        if (version.status() != 200) {
            return application.versionPath() + " " + version.described();
        }
        return version.body().contains(commit)
                ? ""
                : "%s does not name commit %s but answers: %s"
                        .formatted(application.versionPath(), commit, version.shortened());
    }

    private static Answer get(HttpClient client, URI address) throws InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
        try {
            var response = client.send(request, BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                var bytes = body.readNBytes(MOST_BYTES);
                return new Answer(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return new Answer(0, String.valueOf(e.getMessage()));
        }
    }

    /** What came back; status 0 means that nothing did. */
    private record Answer(int status, String body) {
        String described() {
            return status == 0 ? "cannot be reached: " + shortened() : "answers " + status + ": " + shortened();
        }

        String shortened() {
            var line = body.replaceAll("\\s+", " ").strip();
            return line.length() <= 200 ? line : line.substring(0, 197) + "...";
        }
    }
}
