package dev.stepzero.ship.deploy.process;

import dev.stepzero.store.process.BoundedLog;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;

/** Asks every replica for its health once a second, and keeps their logs short. */
final class HealthWatch implements Runnable {
    private static final int FAILURES_UNTIL_UNHEALTHY = 2;
    private static final long PAUSE_MILLISECONDS = 1000;
    private static final long ANSWER_MILLISECONDS = 2000;

    private final Balancer balancer;
    private final HttpClient client;
    private final String path;
    private final List<Path> ownLogs;
    private final Map<Integer, Integer> failures = new HashMap<>();

    HealthWatch(Balancer balancer, HttpClient client, String path, List<Path> ownLogs) {
        this.balancer = balancer;
        this.client = client;
        this.path = path;
        this.ownLogs = ownLogs;
    }

    @Override
    public void run() {
        try {
            while (true) {
                lookOrComplain();
                Thread.sleep(PAUSE_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fault in one look must not end the watch. */
    private void lookOrComplain() throws InterruptedException {
        try {
            look();
        } catch (RuntimeException e) {
            System.err.println("cannot look after the replicas: " + e);
        }
    }

    private void look() throws InterruptedException {
        var routes = balancer.routes();
        var ports = new HashSet<>(Balancer.ports(routes));
        failures.keySet().retainAll(ports);
        for (var port : ports) {
            if (isHealthy(port)) {
                failures.remove(port);
                balancer.healthy(port);
            } else if (failures.merge(port, 1, Integer::sum) >= FAILURES_UNTIL_UNHEALTHY) {
                balancer.unhealthy(port);
            }
        }
        ownLogs.forEach(log -> new BoundedLog(log).trim());
        routes.replicas().values().stream()
                .flatMap(List::stream)
                .forEach(replica -> new BoundedLog(Path.of(replica.log())).trim());
    }

    private boolean isHealthy(int port) throws InterruptedException {
        try {
            var answer = client.newRequest("127.0.0.1", port)
                    .path(path)
                    // Kept, it would be taken for the next request, as Forwarding must avoid.
                    .headers(headers -> headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString()))
                    .timeout(ANSWER_MILLISECONDS, TimeUnit.MILLISECONDS)
                    .send();
            return answer.getStatus() == HttpStatus.OK_200;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
