package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * HAProxy's configuration for an environment. It knows both colours and every replica's address; which colour is behind
 * which door is not part of it but in a map that can be changed while it runs.
 *
 * @param text what the file says
 * @param shape by which a running load balancer tells that it has read this text
 */
record BalancerConfig(String text, String shape) {
    static final int LIVE_PORT = 8080;
    static final int PREVIEW_PORT = 8081;

    /** What may stand in single quotes in the file: RFC 3986's characters of a path and a query, but for the quote. */
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&()*+,;=:@%/?-]*");

    static BalancerConfig of(EnvironmentSpec.Application application, TierNetworks networks) {
        if (!PATH.matcher(application.healthPath()).matches()) {
            throw UserError.unreadable(
                            "not a path that answers whether a replica is healthy: " + application.healthPath())
                    .fix("begin it with a slash and use only characters that a URL's path may have");
        }
        var backends = new StringBuilder();
        for (var colour : Colour.values()) {
            backends.append(
                    Template.fill("backend.cfg", Map.of("colour", colour.label(), "health", application.healthPath())));
            for (int number = 1; number <= application.replicas(); number++) {
                backends.append("    server %s-%d %s:%d%n"
                        .formatted(
                                colour.label(), number, networks.replicaAddress(colour, number), application.port()));
            }
            backends.append('\n');
        }
        var shape = Digest.of(Template.fill("haproxy.cfg", Map.of("backends", backends.toString()))
                        .getBytes(StandardCharsets.UTF_8))
                .shortForm();
        var text = Template.fill("haproxy.cfg", Map.of("backends", backends.toString(), "shape", shape));
        return new BalancerConfig(text, shape);
    }
}
