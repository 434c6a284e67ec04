package dev.stepzero.scan.secrets;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges what is given to a name that speaks of a secret, where nothing is known about how it should look. */
final class GenericValue {
    private static final int SHORTEST_PASSWORD = 8;
    private static final int SHORTEST_TOKEN = 10;
    private static final int LONGEST = 300;
    private static final double WORDY = 0.74;

    private static final Pattern NO_SECRET = Pattern.compile(
            "0x[0-9a-fA-F]{1,16}" // a number
                    + "|v?\\d+(?:\\.\\d+)+(?:[.-]\\w+)*" // a version
                    + "|\\d{4}-\\d{2}-\\d{2}.*" // a date
                    + "|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\\.[A-Za-z0-9.]+" // an address
                    + "|(?:[A-Za-z0-9-]+\\.)+(?:com|org|net|io|dev|local|internal|svc|cloud)(?::\\d+)?(?:/.*)?"
                    + "|[\\w./-]+\\.(?:pem|key|crt|cer|p12|pfx|jks|json|ya?ml|xml|txt|properties|conf|cfg|ini|env|js|ts|py|go|java|rb|php|html?|css|md|sh|tmpl|log|png|svg|tf)"
                    + "|[A-Za-z]+\\d{0,2}(?:[._: -][A-Za-z]+)+" // words
                    + "|[A-Z][A-Z0-9_]{2,}=[^=].+" // the next setting of a list
                    + "|[a-z]+(?:[A-Z][a-z]+)+\\d{0,2}|(?:[A-Z][a-z]+){2,}\\d{0,2}|[A-Z]+(?:_[A-Z0-9]+)+|[a-z]+(?:_[a-z0-9]+)+" // names
                    + "|[A-Za-z]+|\\d{1,11}|[\\d.,:/ -]+|#[0-9a-fA-F]{3,8}"
                    + "|(?:[\\w./:-]+@)?(?:md5|sha\\d{1,3})[:-].*|\\$(?:2[aby]|5|6|argon2\\w*|pbkdf2\\S*|scrypt)\\$.*|[a-z]+/[a-z0-9.+-]+");

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** Its letters are too few kinds for words: how they follow each other says nothing. */
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]{32,}|[0-9A-F]{32,}");

    private GenericValue() {}

    /**
     * Why a value is believed to be a secret; empty where it is not.
     *
     * @param argument whether it follows the name as the next argument, as in a call
     * @param quoted whether it stands in quotes: code without them is no value
     */
    static Optional<String> belief(SpokenName name, String value, boolean argument, boolean quoted) {
        if (value.length() < SHORTEST_PASSWORD || value.length() > LONGEST || !isText(value)) {
            return Optional.empty();
        }
        if (Placeholder.is(value) || NO_SECRET.matcher(value).matches() || (!quoted && isCode(value))) {
            return Optional.empty();
        }
        double entropy = Randomness.entropy(value);
        var bits = String.format(Locale.ROOT, "%.1f bits a character", entropy);
        if (name.password() && !argument && looksChosen(value, entropy)) {
            return Optional.of("its " + value.length() + " characters are of several sorts and no word");
        }
        return looksRandom(value, entropy)
                ? Optional.of("it is as random as a generated one: " + bits)
                : Optional.empty();
    }

    private static boolean isText(String value) {
        return value.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static boolean isCode(String value) {
        return value.indexOf('(') >= 0
                || value.indexOf('[') >= 0
                || value.indexOf('{') >= 0
                || value.contains("::")
                || value.contains("->")
                || value.contains("=>")
                || value.endsWith(".")
                || value.matches("[A-Za-z_$][\\w$]*(?:\\.[A-Za-z_$][\\w$]*)+")
                || !Randomness.hasDigit(value);
    }

    private static boolean looksChosen(String value, double entropy) {
        boolean mixed = Randomness.sorts(value) >= 3
                || (Randomness.sorts(value) == 2 && Randomness.hasDigit(value) && Randomness.changes(value) >= 2);
        return mixed && entropy >= 2.5;
    }

    /** Whether a person made it rather than a generator: a password, or the base64 of a text. */
    static boolean isChosen(String value) {
        return !looksRandom(value, Randomness.entropy(value)) || Wrapped.isTextInBase64(value);
    }

    private static boolean looksRandom(String value, double entropy) {
        if (value.length() < SHORTEST_TOKEN) {
            return false;
        }
        if (UUID.matcher(value).matches()) {
            return entropy >= 3;
        }
        return Randomness.hasDigit(value)
                && Randomness.changes(value) >= Math.max(3, value.length() / 8)
                && entropy >= Math.max(3.0, Randomness.expected(value))
                && (Randomness.wordiness(value) < WORDY
                        || HEXADECIMAL.matcher(value).matches());
    }
}
