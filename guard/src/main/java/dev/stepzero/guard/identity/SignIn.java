package dev.stepzero.guard.identity;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges attempts to sign in. Whether the name exists, the password is wrong or the person may not sign in any more, the
 * answer and its time are the same. What strangers try in vain holds up them and not the person: each pair of name and
 * network counts for itself, and a browser that the person signed in with before counts apart from all others.
 */
public final class SignIn {
    private static final int FREE = 4;
    private static final int FREE_OF_A_NETWORK = 40;
    private static final int FREE_CODES = 5;

    private final People people;
    private final Credentials credentials;
    private final Devices devices;
    private final Throttle throttle;
    private final Audit audit;

    public SignIn(People people, Credentials credentials, Devices devices, Throttle throttle, Audit audit) {
        this.people = people;
        this.credentials = credentials;
        this.devices = devices;
        this.throttle = throttle;
        this.audit = audit;
    }

    /** What became of an attempt. */
    public sealed interface Outcome {
        /** It was right. */
        record Accepted(Person person) implements Outcome {}

        /** It was wrong, and nobody is told in what. */
        record Refused() implements Outcome {}

        /** It was not judged: too many before it were wrong. */
        record Later(Duration delay) implements Outcome {}
    }

    /** Judges a name and a password. */
    public Outcome password(String name, String password, Source source, Optional<Secret> device) {
        var person = people.named(name).filter(Person::active);
        var known = person.filter(one -> devices.knows(one.id(), device)).isPresent();
        var network = known
                ? "device " + HexFormat.of().formatHex(device.orElseThrow().hash())
                : source.network();
        var account = "password %s from %s".formatted(digest(name), network);
        var wait = longest(
                throttle.attempt(account, FREE),
                known ? Duration.ZERO : throttle.attempt("network " + network, FREE_OF_A_NETWORK));
        if (wait.isPositive()) {
            audit.record(Audit.Entry.refused("person.sign-in", name, "held up after failures", source));
            return new Outcome.Later(wait);
        }
        if (!credentials.isPassword(person, password) || person.isEmpty()) {
            audit.record(Audit.Entry.refused("person.sign-in", name, "wrong name or password", source));
            return new Outcome.Refused();
        }
        throttle.succeeded(account);
        throttle.succeeded("network " + network);
        return new Outcome.Accepted(person.get());
    }

    /** Judges a code of an authenticator application, or a recovery code. */
    public Outcome code(Person person, String code, Source source, Optional<Secret> device) {
        var known = devices.knows(person.id(), device);
        var by = known
                ? " device " + HexFormat.of().formatHex(device.orElseThrow().hash())
                : "";
        var subject = "code of %d%s".formatted(person.id(), by);
        var wait = throttle.attempt(subject, FREE_CODES);
        if (wait.isPositive()) {
            audit.record(Audit.Entry.refused("person.second-factor", person.name(), "held up after failures", source));
            return new Outcome.Later(wait);
        }
        if (!isCode(person.id(), code)) {
            audit.record(Audit.Entry.refused("person.second-factor", person.name(), "wrong code", source));
            return new Outcome.Refused();
        }
        throttle.succeeded(subject);
        return new Outcome.Accepted(person);
    }

    /** Which factor a code would be. */
    public static Factor factor(String code) {
        return code.replace(" ", "").matches("\\d{6}") ? Factor.TOTP : Factor.RECOVERY_CODE;
    }

    private boolean isCode(long person, String code) {
        return factor(code) == Factor.TOTP
                ? credentials.useTotp(person, code)
                : credentials.useRecoveryCode(person, code);
    }

    /** Names are kept as digests, for people type passwords into the wrong field. */
    private static String digest(String name) {
        return HexFormat.of().formatHex(new Secret(name.strip().toLowerCase(Locale.ROOT)).hash());
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
