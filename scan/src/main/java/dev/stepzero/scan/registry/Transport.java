package dev.stepzero.scan.registry;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests, more than once if the network or the registry stumbles. It follows no redirect by itself, because the
 * authorization of one host is none of another's business.
 *
 * @param plainHosts the hosts that may be spoken to in clear text
 * @param pause before the second attempt; each further one waits twice as long
 */
public record Transport(HttpClient client, Set<String> plainHosts, Duration pause) {
    private static final int ATTEMPTS = 4;
    private static final Duration SLOWEST = Duration.ofMinutes(15);

    static Transport create(Set<String> plainHosts) {
        var client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(15))
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return new Transport(client, plainHosts, Duration.ofMillis(250));
    }

    boolean allows(URI address) {
        return address.getHost() != null
                && address.getUserInfo() == null
                && ("https".equals(address.getScheme())
                        || ("http".equals(address.getScheme()) && plainHosts.contains(address.getHost())));
    }

    /** Something to try, and to try again as a whole. */
    @FunctionalInterface
    public interface Attempt<T> {
        HttpResponse<T> send() throws IOException, InterruptedException;
    }

    /** Sends a request that may be repeated. */
    <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) throws InterruptedException {
        return retry(request.uri(), () -> once(request, body));
    }

    /** The first answer that is not a temporary failure, or the last one. */
    <T> HttpResponse<T> retry(URI place, Attempt<T> attempt) throws InterruptedException {
        var wait = pause;
        for (var number = 1; ; number++) {
            try {
                var response = attempt.send();
                if (number == ATTEMPTS || !(response.statusCode() == 429 || response.statusCode() >= 500)) {
                    return response;
                }
            } catch (IOException e) {
                if (number == ATTEMPTS) {
                    throw failed(e instanceof HttpTimeoutException ? "is too slow" : "cannot be reached", place, e);
                }
            }
            Thread.sleep(wait);
            wait = wait.multipliedBy(2);
        }
    }

    /** Sends a request a single time. */
    <T> HttpResponse<T> once(HttpRequest request, BodyHandler<T> body) throws IOException, InterruptedException {
        var response = client.sendAsync(request, body);
        try {
            return response.get(SLOWEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no end after " + SLOWEST.toMinutes() + " minutes");
        } finally {
            response.cancel(true);
        }
    }

    private static UserError failed(String how, URI place, IOException cause) {
        return UserError.engine("the registry " + how)
                .at(place.getScheme() + "://" + place.getRawAuthority())
                .fix("check that it runs and that this machine may reach it")
                .because(cause);
    }
}
