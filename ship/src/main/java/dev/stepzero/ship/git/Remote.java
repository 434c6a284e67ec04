package dev.stepzero.ship.git;

import java.net.URI;
import java.util.Optional;

/**
 * A repository somewhere else.
 *
 * @param address where it is fetched, without credentials
 * @param token who we are there, sent as a password; never printed
 */
public record Remote(URI address, Optional<Token> token) {

    /** A user's name and a token; forges that know users by their token take any name. */
    public record Token(String user, String secret) {
        @Override
        public String toString() {
            return user;
        }
    }

    /** Another repository of the same host, which is asked as a stranger. */
    public Remote sibling(String fullName) {
        return new Remote(address.resolve("/" + fullName + ".git"), Optional.empty());
    }
}
