package dev.stepzero.ship.git;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The address of a remote repository, put together again from the parts that hold no secret. */
final class Origin {
    private static final Pattern SCP = Pattern.compile("(?:[^@/:\\s]+@)?([A-Za-z0-9.-]+:[^/:@?#\\s][^:@?#\\s]*)");
    private static final Pattern PATH = Pattern.compile("\\.{0,2}/[^@?#]*");

    private Origin() {}

    /** Empty when the address has a form in which a secret could stand anywhere. */
    static Optional<String> withoutSecrets(String address) {
        return fromUri(address).or(() -> fromScp(address)).or(() -> fromPath(address));
    }

    private static Optional<String> fromUri(String address) {
        try {
            var uri = new URI(address);
            return uri.getHost() == null || uri.getRawPath().contains("@")
                    ? Optional.empty()
                    : Optional.of(
                            new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null)
                                    .toString());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> fromScp(String address) {
        var matcher = SCP.matcher(address);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Optional<String> fromPath(String address) {
        return PATH.matcher(address).matches() ? Optional.of(address) : Optional.empty();
    }
}
