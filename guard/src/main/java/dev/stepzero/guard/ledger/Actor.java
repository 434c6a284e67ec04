package dev.stepzero.guard.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * Who acts.
 *
 * @param principal the name under which they signed in: {@code ada}, {@code os:ada@laptop} for a user of the machine that
 *     the command line runs on, {@code system} for what Stepzero does by itself
 * @param session the sign-in by which they act; empty if there is none
 * @param address where from: an IP address or a host's name; empty if nobody knows
 */
public record Actor(String principal, String session, String address) {
    private static final String UNKNOWN = "unknown";

    public Actor {
        principal = Bounded.text(principal.isBlank() ? UNKNOWN : principal, Bounded.NAME);
        session = Bounded.text(session, Bounded.NAME);
        address = Bounded.text(address, Bounded.NAME);
    }

    /** The user of the operating system that this process runs for, who came through {@code sudo} or not. */
    public static Actor ofProcess(Map<String, String> environment) {
        var user = System.getProperty("user.name", UNKNOWN);
        var before = environment.getOrDefault("SUDO_USER", "");
        var name = before.isBlank() || before.equals(user) ? user : "%s as %s".formatted(before, user);
        return new Actor(
                "os:%s@%s".formatted(name, host()),
                "pid:" + ProcessHandle.current().pid(),
                host());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
