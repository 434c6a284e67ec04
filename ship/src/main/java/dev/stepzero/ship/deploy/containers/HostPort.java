package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.UserError;
import dev.stepzero.store.process.PortHolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.stream.Stream;

/** Tells why the engine cannot offer something at a port of the host. */
final class HostPort {
    /** Below this only root may listen, which the engine may be when we are not. */
    private static final int FIRST_UNPRIVILEGED = 1024;

    private HostPort() {}

    /**
     * Refuses an address that is not of this host and a port that is taken.
     *
     * @throws UserError that names the port and, where it can be seen, who holds it
     */
    static void requireFree(String address, int port) {
        var host = local(address);
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            if (port >= FIRST_UNPRIVILEGED) {
                throw taken(address, port, e);
            }
        }
    }

    /** The engine's own error, or a clearer one when it says that the port is taken. */
    static UserError explain(UserError error, String address, int port) {
        var taken =
                Stream.of("address already in use", "port is already allocated").anyMatch(error.what()::contains);
        return taken ? taken(address, port, error) : error;
    }

    private static InetAddress local(String address) {
        try {
            var host = InetAddress.getByName(address);
            if (host.isAnyLocalAddress() || NetworkInterface.getByInetAddress(host) != null) {
                return host;
            }
        } catch (IOException e) {
            // A name that does not resolve is no address of this host either.
        }
        throw UserError.engine("the load balancer cannot listen on " + address + ", which is no address of this host")
                .fix("set the load balancer's address in stepzero.yaml to one of this host's");
    }

    private static UserError taken(String address, int port, Exception cause) {
        return UserError.engine("port %d on %s is taken%s"
                        .formatted(
                                port,
                                address,
                                PortHolder.of(port)
                                        .map(holder -> " by " + holder)
                                        .orElse("")))
                .fix("end what listens there, or set the load balancer's port in stepzero.yaml to another")
                .because(cause);
    }
}
