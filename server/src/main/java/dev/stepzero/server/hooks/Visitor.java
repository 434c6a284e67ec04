package dev.stepzero.server.hooks;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Who comes to the door of a project.
 *
 * @param network the address, or the first half of one of IPv6, for whoever has one has all of its /64
 * @param project as it was asked for, which may be none
 */
record Visitor(InetAddress address, String network, String project) {
    private static final int LONGEST_NAME = 64;
    private static final int PREFIX_BYTES = 8;

    static Visitor of(HttpServletRequest request, String project) {
        // An address, as the container has it, is read and never looked up.
        var address = InetAddress.ofLiteral(request.getRemoteAddr());
        var network = address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), PREFIX_BYTES))
                : address.getHostAddress();
        return new Visitor(address, network, project.substring(0, Math.min(project.length(), LONGEST_NAME)));
    }

    String key() {
        return network + " " + project;
    }
}
