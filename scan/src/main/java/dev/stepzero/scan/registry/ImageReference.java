package dev.stepzero.scan.registry;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image in a registry, such as {@code registry.example:5000/team/app:1.2@sha256:...}.
 *
 * @param tag what it is called there; with a digest, only for people
 * @param digest what it is
 */
public record ImageReference(Reference repository, Optional<String> tag, Optional<Digest> digest) {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final String DOCKER_HUB = "docker.io";

    /**
     * Reads a reference as container engines do: without a host it is Docker Hub's, without a tag and a digest it is
     * {@code latest}.
     *
     * @throws UserError if it is none
     */
    public static ImageReference parse(String text) {
        int at = text.indexOf('@');
        var name = at < 0 ? text : text.substring(0, at);
        var digest = at < 0 ? Optional.<Digest>empty() : Optional.of(Digest.parse(text.substring(at + 1)));
        int colon = name.lastIndexOf(':');
        var tag = Optional.<String>empty();
        if (colon > name.lastIndexOf('/')) {
            tag = Optional.of(name.substring(colon + 1));
            name = name.substring(0, colon);
        } else if (digest.isEmpty()) {
            tag = Optional.of("latest");
        }
        if (tag.isPresent() && !TAG.matcher(tag.get()).matches()) {
            throw UserError.usage("'" + text + "' does not name an image")
                    .fix("write HOST[:PORT]/NAME:TAG or HOST[:PORT]/NAME@sha256:DIGEST");
        }
        return new ImageReference(repository(name), tag, digest);
    }

    private static Reference repository(String name) {
        int slash = name.indexOf('/');
        var first = slash < 0 ? "" : name.substring(0, slash);
        if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
            return Reference.parse(name);
        }
        return new Reference(DOCKER_HUB, slash < 0 ? "library/" + name : name);
    }

    /** What the registry is asked for. */
    public String name() {
        return digest.map(Digest::toString).or(() -> tag).orElse("latest");
    }

    @Override
    public String toString() {
        return repository
                + tag.map(text -> ":" + text).orElse("")
                + digest.map(each -> "@" + each).orElse("");
    }
}
