package dev.stepzero.invoicer.http;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Where requests come in: each is turned into a call, answered by the routes, and logged. */
final class JettyDoor extends Handler.Abstract {
    private static final System.Logger FAULTS = System.getLogger(JettyDoor.class.getName());

    private final JettyCalls calls;
    private final Routes routes;
    private final RequestLog log;
    private final Patience patience;

    JettyDoor(JettyCalls calls, Routes routes, RequestLog log, Patience patience) {
        this.calls = calls;
        this.routes = routes;
        this.log = log;
        this.patience = patience;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var start = System.nanoTime();
        var connection = request.getConnectionMetaData().getConnection();
        patience.working(connection);
        var call = calls.read(request);
        var outcome = run(call);
        var answer = JettyBody.drain(request) ? outcome.answer() : last(outcome.answer());
        log.add(call, outcome.caller(), answer.status(), Duration.ofNanos(System.nanoTime() - start));
        // Before the server learns that we are done, as it may begin with the next request at once.
        write(call, answer, response, Callback.from(() -> patience.waiting(connection), callback));
        return true;
    }

    private Routes.Outcome run(Call call) {
        try {
            return routes.run(call);
        } catch (RuntimeException e) {
            FAULTS.log(Level.ERROR, "request " + call.id() + " failed", e);
            var answer = Answer.error(500, "something is broken here; it is logged under " + call.id());
            return new Routes.Outcome(call.caller(), answer);
        }
    }

    /** Answers what never became a proper request, or came while the program stops. */
    boolean refuse(Request request, Response response, Callback callback, int status, String reason) {
        var call = calls.read(request);
        log.add(call, call.caller(), status, Duration.ZERO);
        write(call, last(Answer.error(status, reason)), response, callback);
        return true;
    }

    /** After it the connection ends; told so, the client does not try to use it again. */
    private static Answer last(Answer answer) {
        return answer.with("Connection", "close");
    }

    private static void write(Call call, Answer plain, Response response, Callback callback) {
        var answer = SecurityHeaders.on(plain, call.secure()).with("X-Request-Id", call.id());
        response.setStatus(answer.status());
        answer.headers().forEach(header -> response.getHeaders().add(header.name(), header.value()));
        if (answer.status() != 204) {
            response.getHeaders().put("Content-Length", answer.body().length);
        }
        var body = HttpMethod.HEAD.is(call.method()) ? new byte[0] : answer.body();
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
