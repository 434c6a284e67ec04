package dev.stepzero.store;

import java.util.Optional;

/**
 * Who we are in a database.
 *
 * @param server the role that works in it
 * @param owner the role that owns the tables and alone changes their shape; empty where one role is both, and then the
 *     database does not keep it from anything
 */
record Logins(Coordinates server, Optional<Coordinates> owner) {

    Coordinates migrating() {
        return owner.orElse(server);
    }
}
