package dev.stepzero.guard.identity;

import java.util.Locale;
import java.util.Set;

/** How somebody proved who they are in this session. */
public enum Factor {
    PASSWORD,
    /** A code of an authenticator application, RFC 6238. */
    TOTP,
    RECOVERY_CODE,
    /** A passkey that verified its user: possession and knowledge or biometrics in one. */
    PASSKEY,
    /** Another sign-in service, which says that it asked for several factors. */
    FEDERATED_STRONG,
    /** Another sign-in service, which does not say so. */
    FEDERATED;

    /** Whether these prove two things of different kind, such as something known and something owned. */
    public static boolean areTwo(Set<Factor> factors) {
        var first = factors.contains(PASSWORD) || factors.contains(FEDERATED);
        var second = factors.contains(TOTP) || factors.contains(RECOVERY_CODE);
        return factors.contains(PASSKEY) || factors.contains(FEDERATED_STRONG) || (first && second);
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
