package dev.stepzero.server.oidc;

import dev.stepzero.core.UserError;
import dev.stepzero.core.egress.AddressRange;
import dev.stepzero.core.egress.EgressGuard;
import dev.stepzero.ship.egress.GuardedClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Asks sign-in services, whose documents name further addresses, by {@link GuardedClient}s. What is longer than a megabyte
 * or takes five seconds is given up.
 */
@Component
final class GuardedHttp implements DisposableBean {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 1 << 20;
    private static final int THREADS = 8;

    private final Map<Set<AddressRange>, Guarded> clients = new ConcurrentHashMap<>();

    private record Guarded(EgressGuard guard, HttpClient client) {}

    /** What came back. */
    record Answer(int status, String body) {
        boolean isGood() {
            return status == 200;
        }
    }

    /**
     * Sends a request.
     *
     * @param opened what the guard lets through beside public addresses
     * @param form what is sent as a form; empty for a GET
     * @throws Unanswered if nothing came back in time, or the guard refuses the address
     */
    Answer send(Set<AddressRange> opened, URI address, Map<String, String> headers, Optional<byte[]> form)
            throws Unanswered {
        try {
            var guarded = clients.computeIfAbsent(opened, GuardedHttp::start);
            var request = guarded.client()
                    .newRequest(guarded.guard().check(address))
                    .method(form.isPresent() ? "POST" : "GET")
                    .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .headers(fields -> {
                        fields.put("User-Agent", "stepzero");
                        fields.put("Accept", "application/json");
                        headers.forEach(fields::put);
                    });
            form.ifPresent(bytes -> request.body(new BytesRequestContent("application/x-www-form-urlencoded", bytes)));
            var response = new CompletableResponseListener(request, MOST_BYTES)
                    .send()
                    .get(PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS);
            return new Answer(response.getStatus(), new String(response.getContent(), StandardCharsets.UTF_8));
        } catch (UserError refused) {
            throw new Unanswered(refused.what(), refused);
        } catch (ExecutionException | TimeoutException e) {
            throw new Unanswered("%s does not answer".formatted(address.getHost()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered("the server stops", e);
        }
    }

    private static Guarded start(Set<AddressRange> opened) {
        var guard = EgressGuard.allowing(opened);
        return new Guarded(guard, GuardedClient.start(guard, "sign-in services", THREADS, PATIENCE));
    }

    @Override
    public void destroy() throws Exception {
        for (var guarded : clients.values()) {
            guarded.client().stop();
        }
    }
}
