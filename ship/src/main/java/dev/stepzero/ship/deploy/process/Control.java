package dev.stepzero.ship.deploy.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The door for orders, on the loopback address: whoever knows the token reads the balance and gives new routes. */
final class Control extends Handler.Abstract {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Balancer balancer;
    private final byte[] expected;

    Control(Balancer balancer, String token) {
        this.balancer = balancer;
        this.expected = authorization(token).getBytes(StandardCharsets.UTF_8);
    }

    static String authorization(String token) {
        return "Bearer " + token;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var given = String.valueOf(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        if (!MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
            Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
            return true;
        }
        if (HttpMethod.PUT.is(request.getMethod())) {
            try {
                balancer.follow(JSON.readValue(Content.Source.asString(request), Routes.class));
            } catch (JacksonException e) {
                Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
                return true;
            }
        }
        var body = new ByteArrayOutputStream();
        JSON.writeValue(body, balancer.balance());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        Content.Sink.write(response, true, body.toString(StandardCharsets.UTF_8), callback);
        return true;
    }
}
