package dev.stepzero.guard.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.stepzero.core.UserError;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Argon2id as RFC 9106 describes it, with 19 MiB, two passes and one lane, which OWASP's cheat sheet gives as the least.
 * Only a few are computed at a time, so that a flood of sign-ins takes a bounded amount of memory.
 */
public final class PasswordHashing {
    private static final int KIBIBYTES = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int LENGTH = 32;
    private static final int SALT = 16;
    private static final int AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Argon2Function function;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final String nobodys;

    public PasswordHashing() {
        this(KIBIBYTES, PASSES);
    }

    /** With other costs, for tests that hash often. */
    PasswordHashing(int kibibytes, int passes) {
        function = Argon2Function.getInstance(kibibytes, passes, LANES, LENGTH, Argon2.ID);
        nobodys = hash("the password of nobody");
    }

    /** The hash with its parameters and salt, in PHC's string format. */
    public String hash(String password) {
        return inTurn(
                () -> Password.hash(password).addRandomSalt(SALT).with(function).getResult());
    }

    /** Whether a password is that of a hash. Without a hash it takes as long and is wrong. */
    public boolean matches(String password, Optional<String> hash) {
        var against = hash.orElse(nobodys);
        var same = inTurn(() -> Password.check(password, against).with(Argon2Function.getInstanceFromHash(against)));
        return same && hash.isPresent();
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw UserError.engine("too many people sign in at this moment").fix("try again in a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.engine("the server is stopping").fix("try again in a minute");
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
