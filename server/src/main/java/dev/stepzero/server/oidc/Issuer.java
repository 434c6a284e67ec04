package dev.stepzero.server.oidc;

import dev.stepzero.core.egress.AddressRange;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Who signs tokens that we believe.
 *
 * @param address what it calls itself; its metadata and tokens must say exactly so
 * @param algorithms by which it may sign, all of them asymmetric
 * @param skew how far its clock may be from ours
 * @param opened addresses, closed to what users name, that may be connected to for it
 */
public record Issuer(URI address, List<String> algorithms, Duration skew, Set<AddressRange> opened) {
    public static final List<String> ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");
    public static final Duration SKEW = Duration.ofMinutes(1);

    public Issuer {
        algorithms = List.copyOf(algorithms);
        opened = Set.copyOf(opened);
    }

    /** One with the usual settings. */
    public static Issuer at(String address) {
        return new Issuer(URI.create(address), ALGORITHMS, SKEW, Set.of());
    }
}
