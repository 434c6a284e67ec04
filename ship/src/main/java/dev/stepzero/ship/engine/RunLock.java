package dev.stepzero.ship.engine;

import dev.stepzero.core.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The right to run towards one lane of one project: a PostgreSQL advisory lock, which ends with the session
 * that holds it, so that a killed process leaves none behind.
 */
final class RunLock implements EnvironmentLock.Held {
    private final Handle session;

    private RunLock(Handle session) {
        this.session = session;
    }

    /** Empty when another process holds it. */
    static Optional<RunLock> tryAcquire(Jdbi jdbi, String project, String lane) {
        var session = jdbi.open();
        try {
            var acquired = session.createQuery("select pg_try_advisory_lock(:number)")
                    .bind("number", number(project, lane))
                    .mapTo(Boolean.class)
                    .one();
            if (acquired) {
                return Optional.of(new RunLock(session));
            }
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        session.close();
        return Optional.empty();
    }

    /** Whether no process holds it, by looking at the locks that there are: to try it would be to hold it for a moment. */
    static boolean isFree(Jdbi jdbi, String project, String lane) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select not exists (
                            select from pg_locks
                            where locktype = 'advisory' and granted and objsubid = 1
                              and database = (select oid from pg_database where datname = current_database())
                              and classid::bigint = ((:number >> 32) & 4294967295) and objid::bigint = (:number & 4294967295))""")
                .bind("number", number(project, lane))
                .mapTo(Boolean.class)
                .one());
    }

    /** Whether the session that holds the right is still there; without it the right may be another's. */
    boolean isHeld() {
        try {
            return session.createQuery("select true").mapTo(Boolean.class).one();
        } catch (JdbiException e) {
            return false;
        }
    }

    private static long number(String project, String lane) {
        var hex = Digest.of((project + "\0" + lane).getBytes(StandardCharsets.UTF_8))
                .hex();
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex)).getLong();
    }

    @Override
    public void close() {
        try (session) {
            session.execute("select pg_advisory_unlock_all()");
        } catch (JdbiException e) {
            // The session is gone, and with it the lock: the run's result counts for more than this.
        }
    }
}
