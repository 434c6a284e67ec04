package dev.stepzero.scan.secrets;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells secrets in settings, as in the environment of an image, from settings that only sound like them. What is given to a
 * name there is a value for certain, so a name that speaks of a secret is enough. A found secret's value is not kept.
 */
public final class SettingLook {
    private static final int LONGEST_LOOKED_AT = 16 << 10;

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(password|passwd|passphrase|pwd|secret|secret_?key|token|api_?key|access_?key|private_?key|credentials?)$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern WORDS = Pattern.compile("[\\s;&]+");
    private static final Pattern WORD = Pattern.compile("\\S{6,}");
    private static final Pattern NO_SECRET = Pattern.compile(
            "|[\\d.]+|true|false|yes|no|on|off|none|null|nil|[*x]+|\\$.*|<.*>|\\{\\{.*|%.*%|/.*|\\./.*|file:.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Set<String> PLACEHOLDERS =
            Set.of("changeme", "change_me", "change-me", "placeholder", "redacted", "todo", "example", "unset");

    private SettingLook() {}

    /**
     * What was found, without its value.
     *
     * @param name of the setting; empty where the value stands alone
     * @param kind such as {@code a GitHub personal access token}
     * @param length of the value
     */
    public record Secret(String name, String kind, int length) {}

    /** The words of a command line. */
    public static List<String> words(String text) {
        return List.of(WORDS.split(text, 0));
    }

    /** A text of others as reports show it: without the words that hold a secret. */
    public static String withoutSecrets(String text) {
        return WORD.matcher(text)
                .replaceAll(word -> inAssignment(word.group()).isPresent()
                        ? "(not shown)"
                        : Matcher.quoteReplacement(word.group()));
    }

    /** Looks at {@code NAME=value}. */
    public static Optional<Secret> inAssignment(String assignment) {
        var sign = assignment.indexOf('=');
        return sign < 0
                ? inValue("", assignment)
                : inValue(assignment.substring(0, sign), assignment.substring(sign + 1));
    }

    /** Looks at what is given to a name. */
    public static Optional<Secret> inValue(String name, String raw) {
        var value = unquoted(raw.length() > LONGEST_LOOKED_AT ? raw.substring(0, LONGEST_LOOKED_AT) : raw);
        var known = new SecretLook().in(value);
        if (!known.isEmpty()) {
            return Optional.of(new Secret(name, known.getFirst().what(), value.length()));
        }
        var spoken = !name.isEmpty()
                && SECRET_NAME.matcher(name).find()
                && !NO_SECRET.matcher(value).matches()
                && !PLACEHOLDERS.contains(value.toLowerCase(Locale.ROOT))
                && !value.contains("://");
        return spoken ? Optional.of(new Secret(name, "a secret", value.length())) : Optional.empty();
    }

    private static String unquoted(String value) {
        var quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return (quoted ? value.substring(1, value.length() - 1) : value).strip();
    }
}
