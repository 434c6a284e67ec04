package dev.stepzero.invoicer.access;

import dev.stepzero.invoicer.settings.OidcSettings;
import java.util.Locale;
import java.util.Optional;

/**
 * Whom the issuer vouches for.
 *
 * @param verified whether the issuer has checked that the address is this person's
 */
record Identity(String subject, Optional<String> email, boolean verified) {
    /** The name for sessions and logs; empty when this person may not come in. */
    Optional<String> admittedBy(OidcSettings settings) {
        var address = email.filter(_ -> verified).map(text -> text.toLowerCase(Locale.ROOT));
        if (settings.admitsEverybody()) {
            return Optional.of(address.orElse(subject));
        }
        return address.filter(known -> settings.allowedEmails().contains(known)
                || settings.allowedDomains().contains(known.substring(known.lastIndexOf('@') + 1)));
    }
}
