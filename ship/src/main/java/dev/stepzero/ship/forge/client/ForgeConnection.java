package dev.stepzero.ship.forge.client;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The API of one forge. At most four requests are on their way at once, and one that is down is left alone for a while,
 * so that whoever waits for it holds nobody else up.
 */
public final class ForgeConnection {
    private static final int AT_ONCE = 4;
    private static final long TURN_SECONDS = 30;
    private static final int MOST_REDIRECTS = 3;

    private final URI base;
    private final Authorization authorization;
    private final ForgeHttp http;
    private final Patience patience;
    private final Breaker breaker;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private volatile Optional<URI> moved = Optional.empty();

    /**
     * A connection, which makes none yet.
     *
     * @param base where the API begins, such as {@code https://api.github.com}
     */
    public ForgeConnection(URI base, Authorization authorization, ForgeHttp http, Patience patience) {
        var text = base.toString();
        this.base = text.endsWith("/") ? base : URI.create(text + "/");
        this.authorization = authorization;
        this.http = http;
        this.patience = patience;
        this.breaker = new Breaker(patience.clock());
    }

    /** Where the forge last said that something has moved to: usually a repository that was renamed. */
    public Optional<URI> moved() {
        return moved;
    }

    JsonNode get(String path) throws InterruptedException {
        var address = base.resolve(path);
        for (var hop = 0; hop <= MOST_REDIRECTS; hop++) {
            var reply = send("GET", address, Optional.empty(), true);
            if (!reply.isRedirect()) {
                return json(reply, "GET", address);
            }
            address = redirect(address, reply);
            moved = Optional.of(address);
        }
        throw failure("it sends us in circles", address);
    }

    /** The token must not go to another host, and none of its answers counts there. */
    private URI redirect(URI from, Reply reply) {
        try {
            var location = reply.header("Location").orElse("");
            var target = from.resolve(location);
            if (!location.isBlank()
                    && String.valueOf(target.getScheme()).equals(from.getScheme())
                    && String.valueOf(target.getRawAuthority()).equals(from.getRawAuthority())
                    && !target.equals(from)) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // No address at all: told below.
        }
        throw failure("it sends us to another host", from);
    }

    /** Sends something that may be sent twice without harm. */
    JsonNode set(String method, String path, Object body) throws InterruptedException {
        return change(method, path, body, true);
    }

    /** Sends something that makes a new thing each time, and is therefore repeated only if it surely did not arrive. */
    JsonNode create(String path, Object body) throws InterruptedException {
        return change("POST", path, body, false);
    }

    private JsonNode change(String method, String path, Object body, boolean repeatable) throws InterruptedException {
        var address = base.resolve(path);
        var bytes = JsonMapper.shared().writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        var reply = send(method, address, Optional.of(bytes), repeatable);
        if (reply.isRedirect()) {
            moved = Optional.of(redirect(address, reply));
            throw failure("the repository has moved", address)
                    .fix("set its new name in the project's settings; see " + moved.get());
        }
        return json(reply, method, address);
    }

    private Reply send(String method, URI address, Optional<byte[]> body, boolean repeatable)
            throws InterruptedException {
        for (var attempt = 1; ; attempt++) {
            var last = attempt >= patience.attempts();
            Optional<Reply> reply = Optional.empty();
            try {
                reply = Optional.of(once(method, address, body));
            } catch (IOException e) {
                breaker.failed();
                var bad = BadCertificate.in(e);
                if (bad.isPresent()) {
                    throw failure(bad.get().what(), address)
                            .fix(bad.get().fix() + "; what was to be told is told again later")
                            .because(e);
                }
                if (last || (!repeatable && !(e instanceof ConnectException))) {
                    throw failure("it does not answer: " + e.getMessage(), address)
                            .because(e);
                }
            }
            if (reply.isPresent() && isFinal(reply.get(), address, last, repeatable)) {
                return reply.get();
            }
            patience.rest(attempt);
        }
    }

    private boolean isFinal(Reply reply, URI address, boolean last, boolean repeatable) throws InterruptedException {
        var limit = RateLimit.of(reply, patience.clock().instant());
        if (limit.isPresent()) {
            waitFor(limit.get(), address, last);
            return false;
        }
        if (reply.status() < 500) {
            breaker.succeeded();
            return true;
        }
        breaker.failed();
        // Of these two a server or a proxy says that nothing was done.
        var refused = reply.status() == 503 || reply.status() == 501;
        return last || (!repeatable && !refused);
    }

    private void waitFor(Instant until, URI address, boolean last) throws InterruptedException {
        var wait = Duration.between(patience.clock().instant(), until);
        if (last || wait.compareTo(patience.longestWait()) > 0) {
            breaker.askedToWait(until);
            throw failure("it had too many requests and wants none before " + until, address);
        }
        patience.sleep().sleep(wait);
    }

    private Reply once(String method, URI address, Optional<byte[]> body) throws IOException, InterruptedException {
        var closed = breaker.closedUntil();
        if (closed.isPresent()) {
            throw failure("it is left alone until " + closed.get() + " because it failed or asked for it", address);
        }
        if (!turns.tryAcquire(TURN_SECONDS, TimeUnit.SECONDS)) {
            throw failure("it is slow, and %d requests are on their way already".formatted(AT_ONCE), address);
        }
        try {
            var headers = new HashMap<String, String>(Map.of("Authorization", authorization.value()));
            return http.send(method, address, headers, body);
        } finally {
            turns.release();
        }
    }

    private JsonNode json(Reply reply, String method, URI address) {
        if (!reply.isGood()) {
            throw refused(reply, method, address);
        }
        if (reply.body().length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JsonMapper.shared().readTree(reply.body());
        } catch (JacksonException e) {
            throw failure("its answer is not JSON", address).because(e);
        }
    }

    private UserError refused(Reply reply, String method, URI address) {
        var said =
                Markdown.line(new String(reply.body(), 0, Math.min(reply.body().length, 300), StandardCharsets.UTF_8));
        var error = failure("it answers %s with %d: %s".formatted(method, reply.status(), said), address);
        return switch (reply.status()) {
            case 401 -> error.fix("set a token that is valid and not expired");
            case 403 -> error.fix("give the token the right to write statuses and comments");
            case 404 -> error.fix("check the repository's name, and that the token may see it");
            default -> error;
        };
    }

    private UserError failure(String what, URI address) {
        return UserError.engine("the forge %s: %s".formatted(base.getHost(), what))
                .at(address.toString())
                .fix("see whether the forge works; what was to be told is told again later");
    }
}
