package dev.stepzero.server.tls;

import dev.stepzero.core.UserError;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Answers an authority's questions in plain HTTP (RFC 8555, section 8.3), and nothing else: nobody gets a page, a cookie
 * or a redirect here. It listens only while a certificate is asked for.
 */
final class Proofs implements AutoCloseable {
    private static final String PATH = "/.well-known/acme-challenge/";
    private static final int THREADS = 8;
    private static final int LARGEST_HEAD = 4096;
    private static final int IDLE_MILLISECONDS = 5000;

    private final Map<String, String> proofs = new ConcurrentHashMap<>();
    private final Server server;

    private Proofs(Server server) {
        this.server = server;
    }

    static Proofs listen(AcmeSettings settings) {
        var threads = new QueuedThreadPool(THREADS, 1);
        threads.setDaemon(true);
        var server = new Server(threads);
        var proofs = new Proofs(server);
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(LARGEST_HEAD);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE_MILLISECONDS);
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                proofs.answer(request, response, callback);
                return true;
            }
        });
        try {
            server.start();
            return proofs;
        } catch (Exception e) {
            proofs.close();
            throw UserError.engine("cannot listen on %s:%d for the authority's questions"
                            .formatted(settings.host(), settings.port()))
                    .at("--acme-listen")
                    .fix("let this user listen there, or choose a port that port 80 of the domains is passed on to")
                    .because(e);
        }
    }

    void serve(String token, String proof) {
        proofs.put(token, proof);
    }

    private void answer(Request request, Response response, Callback callback) {
        var path = String.valueOf(Request.getPathInContext(request));
        var proof = path.startsWith(PATH) ? proofs.get(path.substring(PATH.length())) : null;
        if (proof == null) {
            response.setStatus(HttpStatus.NOT_FOUND_404);
            callback.succeeded();
            return;
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
        response.write(true, StandardCharsets.US_ASCII.encode(proof), callback);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
