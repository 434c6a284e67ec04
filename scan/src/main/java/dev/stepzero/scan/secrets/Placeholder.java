package dev.stepzero.scan.secrets;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What stands for a credential without being one: examples, references and gaps to fill. */
final class Placeholder {
    /** None of these is likely in thousands of random credentials. */
    private static final List<String> TELLING = WordList.list("""
            example placeholder changeme change_me change-me redacted dummy your_ your- yourkey yourtoken
            yourpass yoursecret yourapi insert_ insert- replace_ replace- replaceme goes_here goes-here
            goeshere put_your enter_your to_be_ foobar lorem deadbeef notreal not_real not-a-real fake_
            fake- fakekey sample_ sample- samplekey 123e4567-e89b abcdef.0123456789 xxxxx ***** qwerty ....
            """);

    /** The bytes 0, 1, 2, ... in base64, its letters made small. */
    private static final String COUNTED_BYTES = "aaecawqf";

    /** Fingers on the keyboard; keys made up for a test look so. */
    private static final List<String> SEQUENCES =
            List.of("abcdef", "123456", "987654", "fedcba", "asdfgh", "00010203", "00112233", COUNTED_BYTES);

    private static final Set<String> WHOLE = WordList.set("""
            true false yes no on off null nil none undefined empty unset default todo tbd test testing
            secret password passwd token string str bool int text hidden masked optional required admin root
            user username value key name
            """);

    private static final Pattern REFERENCE = Pattern.compile(
            "^(?:\\$[{(A-Za-z_]|[@%#&]\\{|\\{\\{|<[A-Za-z/%!]|%[A-Za-z(_{]|\\[\\[|\\{[A-Za-z_$]|env[.:(]|process\\.env|os\\.|ENV\\["
                    + "|System\\.|vault[:/]|arn:aws|ssm:|secretsmanager|projects/|ref[:+]|file:|/|\\./|\\.\\./|~/|data:|https?://|keyvault"
                    + "|!|@[A-Za-z]|lookup\\(|var\\.|local\\.|module\\.|secrets?\\.|config\\.|settings\\.|self\\.|this\\.|params\\.|args\\."
                    + "|request\\.|ctx\\.|op://|aws:|gcp:|ENC\\[|ENC\\(|AgB|\\$ANSIBLE_VAULT|vault:v1:|cipher\\(|\\{cipher\\})",
            Pattern.CASE_INSENSITIVE);

    /** Parts of an expression that secrets are sought with. */
    private static final Pattern EXPRESSION = Pattern.compile(
            "\\[\\^?[A-Za-z0-9\\\\]-[A-Za-z0-9]|\\\\[dws]|\\{\\d+(?:,\\d*)?\\}|\\(\\?[:i<]|[Aa]-[Zz](?:[Aa]-|0-9)|0-9[Aa]-");

    private Placeholder() {}

    /** Whether a credential of a known form only shows what one looks like. */
    static boolean isShown(String credential) {
        var lower = credential.toLowerCase(Locale.ROOT);
        return TELLING.stream().anyMatch(lower::contains)
                || Randomness.longestRun(credential) >= Math.max(6, credential.length() / 3)
                || Randomness.repeats(credential);
    }

    /** Whether there are characters in the order of the alphabet or of the numbers in it. */
    static boolean hasSequence(String credential) {
        var lower = credential.toLowerCase(Locale.ROOT);
        return SEQUENCES.stream().anyMatch(lower::contains);
    }

    /** Whether a value is a reference, a word that no secret is, or shows what one looks like. */
    static boolean is(String value) {
        var lower = value.toLowerCase(Locale.ROOT);
        return value.isEmpty()
                || WHOLE.contains(lower)
                || REFERENCE.matcher(value).find()
                || EXPRESSION.matcher(value).find()
                || value.contains("${")
                || value.contains("{{")
                || value.contains("}}")
                || value.contains("$(")
                || value.contains("#{")
                || TELLING.stream().anyMatch(lower::contains)
                || SEQUENCES.stream().anyMatch(lower::contains)
                || (lower.contains("password") && Randomness.wordiness(value) > 0.6)
                || Randomness.distinct(value) <= 3
                || Randomness.repeats(value);
    }
}
