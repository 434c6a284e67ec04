package dev.stepzero.server.oidc;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What a service says of itself: OpenID Connect Discovery 1.0, section 3.
 *
 * @param authorization where people are sent
 * @param token where a code is exchanged
 * @param keys where its keys are
 * @param userInfo where it says more of an account
 * @param clientMethods how a client may prove itself there; empty if it does not say
 * @param namesItself whether it names itself in what it sends back (RFC 9207)
 */
public record Metadata(
        Optional<URI> authorization,
        Optional<URI> token,
        URI keys,
        Optional<URI> userInfo,
        Set<String> clientMethods,
        boolean namesItself) {}
