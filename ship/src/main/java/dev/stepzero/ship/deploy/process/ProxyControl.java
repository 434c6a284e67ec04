package dev.stepzero.ship.deploy.process;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to the load balancer's door for orders.
 *
 * @param port the door
 * @param token what opens it; never printed
 */
record ProxyControl(int port, String token) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PATIENCE_MILLISECONDS = 5000;

    boolean answers() {
        try {
            ask(null);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    Balance balance() {
        return told(null);
    }

    void follow(Routes routes) {
        told(routes);
    }

    private Balance told(@org.jspecify.annotations.Nullable Routes routes) {
        try {
            return ask(routes);
        } catch (IOException | JacksonException e) {
            throw UserError.engine("the load balancer does not take orders: " + e.getMessage())
                    .at("127.0.0.1:" + port)
                    .fix("ship again: a load balancer that died is started anew")
                    .because(e);
        }
    }

    private Balance ask(@org.jspecify.annotations.Nullable Routes routes) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(PATIENCE_MILLISECONDS);
        connection.setReadTimeout(PATIENCE_MILLISECONDS);
        connection.setRequestProperty("Authorization", Control.authorization(token));
        if (routes != null) {
            connection.setRequestMethod("PUT");
            connection.setDoOutput(true);
            try (var body = connection.getOutputStream()) {
                body.write(JSON.writeValueAsBytes(routes));
            }
        }
        try (var body = connection.getInputStream()) {
            return JSON.readValue(body.readAllBytes(), Balance.class);
        } finally {
            connection.disconnect();
        }
    }

    @Override
    public String toString() {
        return "load balancer at 127.0.0.1:" + port;
    }
}
