package dev.stepzero.ship.deploy.process;

import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.process.Balancer.Door;
import java.net.ConnectException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Leads a request to a replica. One that cannot be connected to never saw the request, so another is tried; anything
 * else that goes wrong is the client's to know, because repeating the request could do its work twice.
 */
final class Forwarding extends ProxyHandler {
    private static final String TRIP = Forwarding.class.getName();
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    private static final long CONNECT_MILLISECONDS = 2000;
    private static final long ANSWER_MILLISECONDS = 120_000;
    private static final int MOST_CONNECTIONS = 4096;

    private final Balancer balancer;
    private final Door door;

    Forwarding(Balancer balancer, Door door) {
        this.balancer = balancer;
        this.door = door;
    }

    /** Where one request has been so far. */
    private static final class Trip {
        private final Set<Integer> tried = new HashSet<>();
        private final AtomicReference<@Nullable Colour> counted = new AtomicReference<>();
        private int port;
    }

    @Override
    protected void configureHttpClient(HttpClient client) {
        client.setConnectTimeout(CONNECT_MILLISECONDS);
        client.setIdleTimeout(ANSWER_MILLISECONDS);
        client.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
        client.setUserAgentField(null);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (HttpMethod.CONNECT.is(request.getMethod()) || HttpMethod.TRACE.is(request.getMethod())) {
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
            return true;
        }
        var trip = new Trip();
        request.setAttribute(TRIP, trip);
        Request.addCompletionListener(request, failure -> leave(trip));
        return go(trip, request, response, callback);
    }

    private boolean go(Trip trip, Request request, Response response, Callback callback) {
        leave(trip);
        var choice = balancer.choose(door, trip.tried);
        if (choice.isEmpty()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
            return true;
        }
        trip.tried.add(choice.get().port());
        trip.port = choice.get().port();
        trip.counted.set(choice.get().colour());
        balancer.begin(choice.get().colour());
        return super.handle(request, response, callback);
    }

    private void leave(Trip trip) {
        var colour = trip.counted.getAndSet(null);
        if (colour != null) {
            balancer.end(colour);
        }
    }

    private static Trip trip(Request request) {
        return (Trip) request.getAttribute(TRIP);
    }

    @Override
    protected HttpURI rewriteHttpURI(Request request) {
        return HttpURI.build(request.getHttpURI())
                .scheme("http")
                .authority("127.0.0.1", trip(request).port)
                .asImmutable();
    }

    @Override
    protected void addProxyHeaders(Request request, org.eclipse.jetty.client.Request forwarded) {
        forwarded.headers(headers -> {
            headers.remove(HttpHeader.FORWARDED);
            headers.getFieldNamesCollection().stream()
                    .filter(name -> name.regionMatches(true, 0, "X-Forwarded-", 0, "X-Forwarded-".length()))
                    .toList()
                    .forEach(headers::remove);
            headers.put(FORWARDED_FOR, Request.getRemoteAddr(request));
            headers.put(FORWARDED_PROTO, request.getHttpURI().getScheme());
            var host = request.getHeaders().get(HttpHeader.HOST);
            if (host != null) {
                headers.put(HttpHeader.HOST, host);
            }
            // A connection that is kept may be closed by the replica at the very moment of the next request.
            headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        });
    }

    @Override
    protected org.eclipse.jetty.client.Request.Content newProxyToServerRequestContent(
            Request request, Response response, org.eclipse.jetty.client.Request forwarded) {
        return new UnspoiltContent(super.newProxyToServerRequestContent(request, response, forwarded));
    }

    @Override
    protected void onServerToProxyResponseFailure(
            Request request,
            org.eclipse.jetty.client.Request forwarded,
            org.eclipse.jetty.client.Response serverResponse,
            Response response,
            Callback callback,
            Throwable failure) {
        var trip = trip(request);
        if (failure instanceof ConnectException && !response.isCommitted()) {
            balancer.unhealthy(trip.port);
            go(trip, request, response, callback);
        } else {
            super.onServerToProxyResponseFailure(request, forwarded, serverResponse, response, callback, failure);
        }
    }
}
