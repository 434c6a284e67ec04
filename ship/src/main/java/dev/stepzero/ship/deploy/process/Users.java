package dev.stepzero.ship.deploy.process;

import dev.stepzero.store.process.Unprivileged;

/** Who root becomes for each tier, so that none of them can read another's files. */
final class Users {
    private Users() {}

    static Unprivileged replica() throws InterruptedException {
        return Unprivileged.as(10_001);
    }

    static int database() {
        return 10_003;
    }

    static Unprivileged loadBalancer() throws InterruptedException {
        return Unprivileged.as(10_004);
    }

    /** The migration knows the password of the schema's owner, which no replica may read. */
    static Unprivileged migration() throws InterruptedException {
        return Unprivileged.as(10_005);
    }
}
