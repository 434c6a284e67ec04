package dev.stepzero.scan.registry;

import dev.stepzero.core.UserError;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A repository in a registry, such as {@code registry.example:5000/team/invoicer}.
 *
 * @param registry the registry's host, with its port where that is not the usual one
 * @param repository the repository's name
 */
public record Reference(String registry, String repository) {
    private static final Pattern REGISTRY =
            Pattern.compile("(?:[A-Za-z0-9.-]{1,253}|\\[[0-9a-fA-F:]+])(?::[0-9]{1,5})?");
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final int LONGEST = 255;
    /** The names of this machine: no network is between. */
    public static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public Reference {
        if (!REGISTRY.matcher(registry).matches()
                || repository.length() > LONGEST
                || !REPOSITORY.matcher(repository).matches()) {
            throw UserError.usage("'" + registry + "/" + repository + "' does not name a repository in a registry")
                    .fix("write HOST[:PORT]/NAME, in lower case and without a tag");
        }
    }

    /** Reads {@code host[:port]/repository}. */
    public static Reference parse(String text) {
        var slash = text.indexOf('/');
        return slash < 0 ? new Reference("", text) : new Reference(text.substring(0, slash), text.substring(slash + 1));
    }

    /** The host alone. */
    public String hostWithoutPort() {
        return registry.replaceFirst(":[0-9]+$", "");
    }

    /** Docker Hub goes by one name and answers under another. */
    private String authority() {
        return registry.equals("docker.io") ? "registry-1.docker.io" : registry;
    }

    URI address(Set<String> plainHosts, String path) {
        return URI.create((plainHosts.contains(hostWithoutPort()) ? "http" : "https") + "://" + authority() + "/v2/"
                + repository + "/" + path);
    }

    @Override
    public String toString() {
        return registry + "/" + repository;
    }
}
