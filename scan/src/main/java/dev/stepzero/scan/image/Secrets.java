package dev.stepzero.scan.image;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells secrets in settings from settings that only sound like them. A found secret's value is not kept. */
final class Secrets {
    private static final int LONGEST_LOOKED_AT = 16 << 10;

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(password|passwd|passphrase|pwd|secret|secret_?key|token|api_?key|access_?key|private_?key|credentials?)$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern WORDS = Pattern.compile("[\\s;&]+");
    private static final Pattern NO_SECRET = Pattern.compile(
            "|[\\d.]+|true|false|yes|no|on|off|none|null|nil|[*x]+|\\$.*|<.*>|\\{\\{.*|%.*%|/.*|\\./.*|file:.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Set<String> PLACEHOLDERS =
            Set.of("changeme", "change_me", "change-me", "placeholder", "redacted", "todo", "example", "unset");

    /** Forms that are secrets whatever the setting is called, each with the words of a message. */
    private static final Map<String, Pattern> KNOWN = Map.of(
            "an AWS access key", Pattern.compile("\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"),
            "a GitHub token", Pattern.compile("\\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,255})"),
            "a GitLab token", Pattern.compile("\\bglpat-[A-Za-z0-9_-]{20}"),
            "a Slack token", Pattern.compile("\\bxox[baprs]-[A-Za-z0-9-]{10,}"),
            "a Stripe key", Pattern.compile("\\b[rs]k_live_[A-Za-z0-9]{16,}"),
            "a Google API key", Pattern.compile("\\bAIza[A-Za-z0-9_-]{35}"),
            "an npm token", Pattern.compile("\\bnpm_[A-Za-z0-9]{36}"),
            "a private key", Pattern.compile("-----BEGIN [A-Z ]{0,20}PRIVATE KEY"),
            "a signed web token",
                    Pattern.compile(
                            "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+\\.eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{16,}"),
            "a URL with a password",
                    Pattern.compile("\\b[a-z][a-z0-9+.-]{1,20}://[^\\s/:@$]{0,100}:[^\\s/:@${<*]{3,100}@"));

    private Secrets() {}

    /** What was found, without its value. */
    record Secret(String name, String kind, int length) {}

    static List<String> words(String text) {
        return List.of(WORDS.split(text, 0));
    }

    /** Looks at {@code NAME=value}. */
    static Optional<Secret> inAssignment(String assignment) {
        var sign = assignment.indexOf('=');
        return sign < 0
                ? inValue("", assignment)
                : inValue(assignment.substring(0, sign), assignment.substring(sign + 1));
    }

    static Optional<Secret> inValue(String name, String raw) {
        var value = unquoted(raw.length() > LONGEST_LOOKED_AT ? raw.substring(0, LONGEST_LOOKED_AT) : raw);
        for (var form : KNOWN.entrySet()) {
            if (form.getValue().matcher(value).find()) {
                return Optional.of(new Secret(name, form.getKey(), value.length()));
            }
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
