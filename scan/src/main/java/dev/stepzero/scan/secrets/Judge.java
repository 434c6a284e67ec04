package dev.stepzero.scan.secrets;

import dev.stepzero.rules.secrets.SecretRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what speaks for and against a text of the right form. */
final class Judge {
    private static final double WORDY = 0.80;
    /** A known form says much by itself, and parts of it may be dull. */
    private static final double TOKEN_SHARE = 0.6;

    private static final Pattern DIGEST_NAME = Pattern.compile(
            "(?:^|[_.-])(?:sha\\d*|md5|hash|digest|integrity|checksum|commit|revision|rev|etag|crc|nonce|uuid|guid)(?:$|[_.-])");
    /** What jwt.io shows to everybody. */
    private static final Pattern SHOWN_TOKEN = Pattern.compile("eyJzdWIiOiIxMjM0NTY3ODkw|IkpvaG4gRG9lI");

    /** What is called a password is none: mypass, cache_password. */
    private static final Pattern CALLED_SO =
            Pattern.compile("(?i)[a-z_-]{0,12}(?:pass|passwd|password|pwd|secret)\\d{0,3}");

    /** Words in one, as names of types and fields are: AuthToken. */
    private static final Pattern NAMES = Pattern.compile("(?:[A-Z][a-z]{2,}){2,}");

    private static final String CHECKED = "its own checksum holds";
    private static final String UNCHECKED = "its own checksum does not hold, so its issuer did not make it";
    private static final String AMONG_TESTS = "it lies among tests or examples";
    private static final String DOCUMENTED = "it stands in documentation, where made-up ones are shown";
    private static final String SEQUENCE = "characters in their usual order are in it, as in what is made up";

    /** What is thought of a text; nothing is said where it is certainly no credential. */
    record Belief(boolean doubtful, List<String> reasons) {
        /** One doubt lowers what is thought of it; two that have nothing to do with each other say that it is none. */
        static Optional<Belief> of(List<String> reasons, List<String> doubts) {
            var all = new ArrayList<>(reasons);
            all.addAll(doubts);
            return doubts.size() > 1 ? Optional.empty() : Optional.of(new Belief(!doubts.isEmpty(), all));
        }

        Hit hit(SecretRule rule, String value, int from, int to) {
            return new Hit(rule, value, from, to, doubtful, reasons);
        }
    }

    /**
     * A text with the form of a token.
     *
     * @param around what the text around it has against it
     */
    Optional<Belief> token(SecretRule rule, String value, List<String> around, Setting setting) {
        var rest = withoutKeyword(rule, value);
        if (Placeholder.isShown(rest) || isDull(rule, value, rest) || isNoPassword(rule, value)) {
            return Optional.empty();
        }
        var reasons = new ArrayList<String>();
        var doubts = new ArrayList<>(around);
        boolean proven = false;
        if (rule.checksum().isPresent()) {
            var checksum = rule.checksum().get();
            boolean holds = checksum.holds(value);
            proven = holds && checksum.proves();
            (holds ? reasons : doubts).add(holds ? CHECKED : UNCHECKED);
            checksum.tells(value).ifPresent(reasons::add);
        } else {
            reasons.add("it has the form of one");
        }
        reasons.add(bits(value));
        if (SHOWN_TOKEN.matcher(value).find()) {
            doubts.add("it is the one that the format's home page shows");
        } else if (!proven && Placeholder.hasSequence(rest)) {
            doubts.add(SEQUENCE);
        }
        if (setting.test() && !proven) {
            if (isPassword(rule) && GenericValue.isChosen(value)) {
                return Optional.empty();
            }
            doubts.add(AMONG_TESTS);
        } else if (setting.documentation() && isPassword(rule) && doubts.isEmpty()) {
            doubts.add(DOCUMENTED);
        }
        return Belief.of(reasons, doubts);
    }

    /** Whether it stands where a password does, and has no form of its own. */
    private static boolean isPassword(SecretRule rule) {
        return rule.expression().contains("?<secret>");
    }

    private static String withoutKeyword(SecretRule rule, String value) {
        var lower = value.toLowerCase(Locale.ROOT);
        for (var keyword : rule.keywords()) {
            if (lower.startsWith(keyword) && value.length() > keyword.length() + 4) {
                return value.substring(keyword.length());
            }
        }
        return value;
    }

    private static boolean isDull(SecretRule rule, String value, String rest) {
        double entropy = Randomness.entropy(value);
        if (isWords(rest) && !isPassword(rule)) {
            return true;
        }
        return rule.entropy() > 0
                ? entropy < rule.entropy()
                : Randomness.entropy(rest) < Randomness.expected(rest, TOKEN_SHARE);
    }

    /** A name in small letters, as of a class in a style sheet, that happens to be as long as a token. */
    private static boolean isWords(String rest) {
        return rest.length() >= 12
                && rest.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '-' || c == '_')
                && Randomness.wordiness(rest) > 0.7;
    }

    /** What stands where a password would, such as {@code user:password@host}, may be a gap to fill. */
    private static boolean isNoPassword(SecretRule rule, String value) {
        return isPassword(rule)
                && value.length() < 40
                && (Placeholder.is(value)
                        || (rule.path().isEmpty()
                                && (CALLED_SO.matcher(value).matches()
                                        || NAMES.matcher(value).matches()))
                        || (value.matches("[A-Za-z_-]{12,}") && Randomness.wordiness(value) > WORDY));
    }

    /** A text of the right form that is given to a name with a service in it. */
    Optional<Belief> value(SecretRule rule, String name, String value, Setting setting) {
        boolean words = value.length() < 40 && Randomness.wordiness(value) > WORDY && !Randomness.hasDigit(value);
        if (Placeholder.isShown(value)
                || words
                || Randomness.entropy(value) < (rule.entropy() > 0 ? rule.entropy() : Randomness.expected(value))
                || DIGEST_NAME.matcher(name.toLowerCase(Locale.ROOT)).find()) {
            return Optional.empty();
        }
        var reasons = List.of("it is given to the name " + shown(name), bits(value));
        var doubts = new ArrayList<String>();
        if (!SpokenName.speaks(name)) {
            doubts.add("the name does not say that it is secret");
        }
        if (Placeholder.hasSequence(value)) {
            doubts.add(SEQUENCE);
        }
        if (setting.test()) {
            doubts.add(AMONG_TESTS);
        }
        return Belief.of(reasons, doubts);
    }

    /** Any text that is given to a name that speaks of a secret. */
    Optional<Belief> generic(String name, String value, boolean argument, boolean quoted, Setting setting) {
        var spoken = SpokenName.of(name);
        if (!spoken.secret()
                || DIGEST_NAME.matcher(name.toLowerCase(Locale.ROOT)).find()) {
            return Optional.empty();
        }
        if (setting.test() && GenericValue.isChosen(value)) {
            return Optional.empty();
        }
        return GenericValue.belief(spoken, value, argument, quoted)
                .flatMap(belief -> Belief.of(
                        List.of("it is given to the name " + shown(name), belief),
                        setting.test()
                                ? List.of(AMONG_TESTS)
                                : setting.documentation() ? List.of(DOCUMENTED) : List.of()));
    }

    private static String bits(String value) {
        return String.format(Locale.ROOT, "it has %.1f bits a character", Randomness.entropy(value));
    }

    private static String shown(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }
}
