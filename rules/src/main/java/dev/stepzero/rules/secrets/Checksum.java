package dev.stepzero.rules.secrets;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/** How issuers let a token be told from a made-up one without asking them. */
public enum Checksum {
    /** The last six digits are the CRC-32, in base 62, of the thirty before: GitHub, npm. */
    CRC32_BASE62 {
        @Override
        public boolean holds(String token) {
            return token.length() > 36 && token.equals(complete(token));
        }

        @Override
        String complete(String draft) {
            int end = draft.length() - 6;
            return draft.substring(0, end) + padded(crc(draft.substring(end - 30, end)), 62, 6);
        }
    },
    /** The last seven digits are the CRC-32, in base 36, of all before, two of which tell a length: GitLab. */
    CRC32_BASE36 {
        @Override
        public boolean holds(String token) {
            return token.length() > 12 && token.equals(complete(token));
        }

        @Override
        String complete(String draft) {
            var body = draft.substring(0, draft.length() - 9);
            int payload = body.indexOf('-') < 0 ? 0 : body.indexOf('.') - body.indexOf('-') - 1;
            // A runner's token has its kind before the payload, which the length does not count.
            int kind = body.indexOf("_", body.indexOf('-'));
            payload -= body.startsWith("glrt-t") && kind > 0 ? kind - body.indexOf('-') : 0;
            var all = body + padded(Math.max(0, payload), 36, 2).toLowerCase(Locale.ROOT);
            return all + padded(crc(all), 36, 7).toLowerCase(Locale.ROOT);
        }
    },
    /** The last eight digits are the CRC-32, little end first, in hexadecimal, of what is before the line: Grafana. */
    CRC32_HEX {
        @Override
        public boolean holds(String token) {
            return token.length() > 10 && token.equals(complete(token));
        }

        @Override
        String complete(String draft) {
            var body = draft.substring(0, draft.length() - 9);
            return body + "_" + "%08x".formatted(Integer.reverseBytes((int) crc(body)));
        }
    },
    /** Bech32 (BIP 173): age, Nostr. */
    BECH32 {
        @Override
        public boolean holds(String token) {
            return Bech32.holds(token.toLowerCase(Locale.ROOT));
        }

        @Override
        String complete(String draft) {
            var lower = Bech32.complete(draft.toLowerCase(Locale.ROOT));
            return draft.equals(draft.toUpperCase(Locale.ROOT)) ? lower.toUpperCase(Locale.ROOT) : lower;
        }
    },
    /** A JSON object in base64 follows the prefix or ends at the first full stop: JSON web tokens, 1Password, Sentry. */
    JSON_BASE64 {
        @Override
        public boolean holds(String token) {
            return Base64Json.holds(token);
        }

        @Override
        String complete(String draft) {
            return Base64Json.complete(draft);
        }
    },
    /** Sixteen digits of base 32 tell the number of an account, which has twelve decimal digits: AWS. */
    AWS_ACCOUNT {
        @Override
        public boolean holds(String token) {
            return AwsAccount.isOlder(token) || AwsAccount.of(token).isPresent();
        }

        @Override
        String complete(String draft) {
            return draft.substring(0, 4) + "Q" + draft.substring(5);
        }

        @Override
        public Optional<String> tells(String token) {
            return AwsAccount.of(token).map("of the account "::concat);
        }
    };

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** Whether a text of the right shape is right in itself. */
    public abstract boolean holds(String token);

    /** A made-up token with what makes it right in itself. */
    abstract String complete(String draft);

    /** Whether no text has a right one by chance: then it was issued, or made with care to look so. */
    public boolean proves() {
        return switch (this) {
            case CRC32_BASE62, CRC32_BASE36, CRC32_HEX, BECH32 -> true;
            case JSON_BASE64, AWS_ACCOUNT -> false;
        };
    }

    /** What it tells beside, as the end of a sentence. */
    public Optional<String> tells(String token) {
        return Optional.empty();
    }

    private static long crc(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return crc.getValue();
    }

    private static String padded(long number, int base, int length) {
        var text = new StringBuilder();
        var rest = BigInteger.valueOf(number);
        var by = BigInteger.valueOf(base);
        while (rest.signum() > 0 || text.length() < length) {
            var parts = rest.divideAndRemainder(by);
            text.append(DIGITS.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        return text.reverse().toString();
    }
}
