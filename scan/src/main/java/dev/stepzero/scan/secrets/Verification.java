package dev.stepzero.scan.secrets;

import dev.stepzero.core.UserError;
import dev.stepzero.rules.secrets.SecretRule;
import dev.stepzero.rules.secrets.SecretRule.Probe;
import dev.stepzero.rules.secrets.Specimen;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Asks issuers which credentials are live. Their word counts only where they refuse a made-up credential of the same form:
 * some answer yes to anything.
 */
final class Verification {
    private static final int MOST_QUESTIONS = 200;

    private final Issuer issuer;
    private final RandomGenerator random;
    private final Map<String, Boolean> trusted = new HashMap<>();

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
                journal.note("only %d issuers were asked; there is more to ask".formatted(MOST_QUESTIONS));
                return;
            }
            ask(seen, probe.get());
        }
    }

    private void ask(Sightings.Seen seen, Probe probe) {
        try {
            if (!refusesInvented(seen.hit().rule(), probe)) {
                seen.answered("its issuer says yes to anything, so its word tells nothing", true);
                return;
            }
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
            seen.answered("its issuer could not be asked: " + e.getMessage(), true);
        } catch (IllegalArgumentException e) {
            // The message may hold the question, and the question the credential.
            seen.answered("its issuer could not be asked: no question can be made of it", true);
        }
    }

    private boolean refusesInvented(SecretRule rule, Probe probe) throws IOException {
        var known = trusted.get(rule.id());
        if (known == null) {
            known = !isLive(probe, issuer.ask(probe, Specimen.of(rule, random)));
            trusted.put(rule.id(), known);
        }
        return known;
    }

    private static boolean isLive(Probe probe, Issuer.Answer answer) {
        return answer.status() == probe.live()
                && (probe.says().isEmpty() || answer.text().contains(probe.says()));
    }

    private static boolean isDead(Probe probe, Issuer.Answer answer) {
        return probe.dead().contains(answer.status())
                || (answer.status() == probe.live() && !probe.says().isEmpty());
    }
}
