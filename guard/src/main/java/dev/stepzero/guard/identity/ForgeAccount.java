package dev.stepzero.guard.identity;

import dev.stepzero.core.UserError;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An account at a forge, in lower case as forges compare them.
 *
 * @param host the forge's host, such as {@code github.com}, with its port if that is not the usual one
 * @param account what the account is called there
 */
public record ForgeAccount(String host, String account) {
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?");
    private static final Pattern ACCOUNT = Pattern.compile("[\\p{L}\\p{N}_.{}@+-]{1,100}");

    /** An account. @throws UserError if the words are no host and no account's name */
    public ForgeAccount {
        host = host.strip().toLowerCase(Locale.ROOT);
        account = account.strip().replaceFirst("^@", "").toLowerCase(Locale.ROOT);
        if (!HOST.matcher(host).matches()) {
            throw UserError.usage("'%.100s' is no host".formatted(host)).fix("write it as in github.com");
        }
        if (!ACCOUNT.matcher(account).matches()) {
            throw UserError.usage("'%.100s' is no account's name".formatted(account))
                    .fix("write it as the forge shows it, without an address");
        }
    }

    @Override
    public String toString() {
        return account + " at " + host;
    }
}
