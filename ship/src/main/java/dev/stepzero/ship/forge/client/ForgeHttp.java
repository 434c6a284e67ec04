package dev.stepzero.ship.forge.client;

import dev.stepzero.core.UserError;
import dev.stepzero.core.egress.EgressGuard;
import dev.stepzero.ship.egress.GuardedClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;

/** Sends requests to whatever address a user has set, by a {@link GuardedClient}. */
public final class ForgeHttp implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 8 << 20;
    private static final int THREADS = 16;

    private final HttpClient client;
    private final EgressGuard guard;
    private final Duration timeout;

    private ForgeHttp(HttpClient client, EgressGuard guard, Duration timeout) {
        this.client = client;
        this.guard = guard;
        this.timeout = timeout;
    }

    /**
     * Starts a client for all forges.
     *
     * @param timeout for one request as a whole
     */
    public static ForgeHttp start(EgressGuard guard, Duration timeout) {
        var client = GuardedClient.start(guard, "forges", THREADS, CONNECT);
        return new ForgeHttp(client, guard, timeout);
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @param body what is sent, with its type; empty for none
     * @throws IOException if no answer came, or one larger than 8 MiB
     * @throws UserError if the guard refuses the address
     */
    Reply send(String method, URI address, Map<String, String> headers, Optional<byte[]> body)
            throws IOException, InterruptedException {
        var request = client.newRequest(guard.check(address))
                .method(method)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .headers(fields -> {
                    fields.put("User-Agent", "stepzero");
                    fields.put("Accept", "application/json");
                    headers.forEach(fields::put);
                });
        body.ifPresent(bytes -> request.body(new BytesRequestContent("application/json", bytes)));
        var answer = new CompletableResponseListener(request, MOST_BYTES).send();
        try {
            return reply(answer.get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            var _ = request.abort(e);
            throw e;
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + timeout.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UserError refused) {
                throw refused;
            }
            throw e.getCause() instanceof IOException failure
                    ? failure
                    : new IOException(e.getCause() == null ? e : e.getCause());
        }
    }

    private static Reply reply(ContentResponse response) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        response.getHeaders().forEach(field -> headers.putIfAbsent(field.getName(), String.valueOf(field.getValue())));
        return new Reply(response.getStatus(), headers, response.getContent());
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
