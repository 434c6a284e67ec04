package dev.stepzero.guard.secrets;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.SecretListener.SecretUse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hands secrets out: only to the step that names them, only to trusted runs, and never without telling. */
public final class SecretIssuer {
    /** Bytes that the secrets of one step may have together. */
    public static final int MOST_BYTES = 32 * 1024;

    private final SecretStore store;
    private final SecretListener listener;
    private final Clock clock;

    public SecretIssuer(SecretStore store, SecretListener listener, Clock clock) {
        this.store = store;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Who asks.
     *
     * @param scope the step
     * @param trust how far the run's code is trusted
     * @param run what names the run in the ledger
     */
    public record Asker(SecretScope scope, TrustClass trust, String run) {}

    /**
     * The secrets that a step names.
     *
     * @return one for each name, to be closed by whoever asked; none at all where the run may have none
     * @throws UserError if one of them is not stored or was altered
     */
    public List<IssuedSecret> issue(Asker asker, List<String> names) throws InterruptedException {
        var issued = new ArrayList<IssuedSecret>();
        try {
            for (var name : names) {
                var id = new SecretId(asker.scope(), name);
                var secret = find(asker, name);
                if (secret.isEmpty() && asker.trust().mayHaveSecrets()) {
                    throw UserError.blocked("there is no secret " + id)
                            .fix("store it: stepzero secrets set %s --project %s --environment %s --step %s"
                                    .formatted(
                                            name,
                                            asker.scope().project(),
                                            asker.scope().environment(),
                                            asker.scope().step()));
                }
                secret.ifPresent(issued::add);
                requireFew(asker, issued);
            }
            return List.copyOf(issued);
        } catch (RuntimeException | InterruptedException e) {
            issued.forEach(IssuedSecret::close);
            throw e;
        }
    }

    /** One secret, where it is stored and the run may have it. */
    public Optional<IssuedSecret> find(Asker asker, String name) throws InterruptedException {
        var id = new SecretId(asker.scope(), name);
        if (!asker.trust().mayHaveSecrets()) {
            tell(asker, id, 0);
            return Optional.empty();
        }
        var secret = store.open(id);
        if (secret.isPresent()) {
            try {
                tell(asker, id, secret.get().version());
                store.noteUse(id);
            } catch (RuntimeException e) {
                secret.get().close();
                throw e;
            }
        }
        return secret;
    }

    private void tell(Asker asker, SecretId id, int version) {
        listener.used(new SecretUse(id, version, asker.run(), asker.trust(), version > 0, clock.instant()));
    }

    private static void requireFew(Asker asker, List<IssuedSecret> issued) {
        int bytes = issued.stream()
                .mapToInt(each -> each.value().length()
                        + each.previous().map(SecretValue::length).orElse(0))
                .sum();
        if (bytes > MOST_BYTES) {
            throw UserError.blocked(
                            "the secrets of %s have more than %d bytes together".formatted(asker.scope(), MOST_BYTES))
                    .fix("give the step fewer or shorter ones");
        }
    }
}
