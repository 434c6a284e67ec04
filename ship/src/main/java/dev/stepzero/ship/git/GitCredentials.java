package dev.stepzero.ship.git;

import java.net.URI;
import java.util.Optional;

/** Knows how to sign in where repositories are fetched from. It is asked before each fetch, so that tokens may be short. */
@FunctionalInterface
public interface GitCredentials {
    /** Everything is public. */
    GitCredentials NONE = (project, url) -> Optional.empty();

    /**
     * How to sign in.
     *
     * @param project whose repository it is
     * @param url where it is; nothing else is ever told what this answers
     */
    Optional<Login> of(String project, URI url);

    /**
     * A name and what proves it, such as a token.
     *
     * @param password never printed
     */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }
}
