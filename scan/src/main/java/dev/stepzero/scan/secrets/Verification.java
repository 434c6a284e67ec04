package dev.stepzero.scan.secrets;

import dev.stepzero.core.UserError;
import dev.stepzero.rules.secrets.SecretRule;
import dev.stepzero.rules.secrets.SecretRule.Probe;
import dev.stepzero.rules.secrets.Specimen;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Asks issuers which credentials are live. Their word counts only where they refuse a made-up credential of the same form:
 * some answer yes to anything.
 */
final class Verification {
    private static final int MOST_QUESTIONS = 200;

    /** Java's own message may hold the question, and the question the credential. */
    private static final String UNASKABLE = "its issuer could not be asked: no question can be made of it";

    private final Issuer issuer;
    private final RandomGenerator random;
    private final Map<String, Trust> trusted = new HashMap<>();

    /** What an issuer's word about one kind of credential is worth; why it is worth nothing, if it is not. */
    private record Trust(Optional<String> doubt) {
        static final Trust FULL = new Trust(Optional.empty());

        static Trust none(String why) {
            return new Trust(Optional.of(why));
        }
    }

    Verification(Issuer issuer, RandomGenerator random) {
        this.issuer = issuer;
        this.random = random;
    }

    /** Asks about each that its rule knows how to ask about. */
    void ask(List<Sightings.Seen> all, Journal journal) throws InterruptedException {
        int asked = 0;
        for (var seen : all) {
            var probe = seen.hit().rule().probe();
            if (probe.isEmpty() || seen.hit().doubtful()) {
                continue;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (++asked > MOST_QUESTIONS) {
                journal.note("issuers were asked about %d credentials, and about no more".formatted(MOST_QUESTIONS));
                return;
            }
            ask(seen, probe.get());
        }
    }

    /** An issuer that does not answer is not asked again about its other credentials: each question may take long. */
    private void ask(Sightings.Seen seen, Probe probe) {
        var rule = seen.hit().rule();
        var trust = trusted.computeIfAbsent(rule.id(), _ -> trust(rule, probe));
        if (trust.doubt().isPresent()) {
            seen.answered(trust.doubt().get(), true);
            return;
        }
        try {
            var answer = issuer.ask(probe, seen.hit().value());
            if (isLive(probe, answer)) {
                seen.answered("its issuer says that it is live", true);
            } else if (isDead(probe, answer)) {
                seen.answered("its issuer does not know it, or no more", false);
            } else {
                seen.answered(
                        "its issuer answered with the status %d, which tells nothing".formatted(answer.status()), true);
            }
        } catch (IOException | UserError e) {
            var why = unasked(e);
            trusted.put(rule.id(), Trust.none(why));
            seen.answered(why, true);
        } catch (IllegalArgumentException e) {
            seen.answered(UNASKABLE, true);
        }
    }

    private Trust trust(SecretRule rule, Probe probe) {
        try {
            var answer = issuer.ask(probe, Specimen.of(rule, random));
            if (isLive(probe, answer)) {
                return Trust.none("its issuer says yes to anything, so its word tells nothing");
            }
            return isDead(probe, answer)
                    ? Trust.FULL
                    : Trust.none("its issuer does not refuse a made-up one (status %d), so its word tells nothing"
                            .formatted(answer.status()));
        } catch (IOException | UserError e) {
            return Trust.none(unasked(e));
        } catch (IllegalArgumentException e) {
            return Trust.none(UNASKABLE);
        }
    }

    private static String unasked(Exception problem) {
        return "its issuer could not be asked: " + problem.getMessage();
    }

    private static boolean isLive(Probe probe, Issuer.Answer answer) {
        return answer.status() == probe.live()
                && (probe.says().isEmpty() || answer.text().contains(probe.says()));
    }

    private static boolean isDead(Probe probe, Issuer.Answer answer) {
        return probe.dead().contains(answer.status())
                || (answer.status() == probe.live() && probe.denies().stream().anyMatch(answer.text()::contains));
    }
}
