package dev.stepzero.rules.secrets;

import dev.stepzero.core.UserError;
import dev.stepzero.rules.RuleYaml;
import dev.stepzero.rules.secrets.SecretRule.Form;
import dev.stepzero.rules.secrets.SecretRule.Probe;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the files of kinds of credentials. */
public final class SecretRuleFile {
    private static final Set<String> KEYS = Set.of(
            "id",
            "title",
            "severity",
            "aliases",
            "keywords",
            "token",
            "value",
            "generic",
            "back",
            "path",
            "entropy",
            "checksum",
            "companion",
            "why",
            "fix",
            "probe",
            "examples");
    private static final Pattern KEYWORDS = Pattern.compile("(?m)^keywords:");
    private static final int SHORTEST_KEYWORD = 2;

    private SecretRuleFile() {}

    /**
     * A rule and its examples, in which {@code {secret}} stands for one that is made up when it is needed: so no file
     * holds what looks like a credential.
     */
    public record Source(SecretRule rule, List<String> bad, List<String> good) {}

    /** Whether a file is of this sort, and not about configured resources. */
    public static boolean isOne(String text) {
        return KEYWORDS.matcher(text).find();
    }

    /**
     * Reads one file.
     *
     * @param path for messages; its name without the extension is the rule's id
     * @throws UserError if it is no rule; it says what is wrong and where
     */
    public static Source read(String path, String text) {
        var file = RuleYaml.parse(path, text);
        file.only(KEYS);
        var id = file.id();
        file.require(
                id.matches("secret(-[a-z0-9]++)++"), "an id is 'secret-', then lower case letters, digits and hyphens");
        var form = form(file);
        var keywords = file.texts("keywords");
        file.require(!keywords.isEmpty(), "'keywords' is empty: then every text would have to be tried");
        for (var keyword : keywords) {
            file.require(
                    keyword.length() >= SHORTEST_KEYWORD && keyword.chars().allMatch(c -> c > ' ' && c < 127),
                    "'%s' is no keyword: two visible ASCII characters or more".formatted(keyword));
        }
        file.optional("back").ifPresent(back -> requireSet(file, back));
        var rule = new SecretRule(
                id,
                file.text("title"),
                file.severity("severity"),
                file.texts("aliases"),
                keywords.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList(),
                form,
                expression(file, form),
                file.optional("back"),
                file.optional("path"),
                file.optional("entropy").map(each -> number(file, each)).orElse(0.0),
                file.optional("checksum").map(each -> checksum(file, each)),
                file.optional("companion"),
                file.text("why").strip(),
                file.text("fix").strip(),
                file.map("probe").map(SecretRuleFile::probe));
        return new Source(
                rule,
                file.map("examples").map(each -> each.texts("bad")).orElse(List.of()),
                file.map("examples").map(each -> each.texts("good")).orElse(List.of()));
    }

    private static Form form(RuleYaml file) {
        int given = 0;
        var form = Form.TOKEN;
        for (var each : Form.values()) {
            if (file.optional(each.name().toLowerCase(Locale.ROOT)).isPresent()) {
                form = each;
                given++;
            }
        }
        file.require(given == 1, "one of 'token', 'value' and 'generic' says what it looks like");
        return form;
    }

    private static String expression(RuleYaml file, Form form) {
        var source = file.text(form.name().toLowerCase(Locale.ROOT));
        try {
            return Expression.parse(source).source();
        } catch (MalformedExpression e) {
            throw file.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static void requireSet(RuleYaml file, String back) {
        try {
            file.require(
                    Expression.parse(back).repeatedSet().isPresent(), "'back' is a set with a number: [a-z0-9]{0,40}");
        } catch (MalformedExpression e) {
            throw file.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Checksum checksum(RuleYaml file, String text) {
        for (var each : Checksum.values()) {
            if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                return each;
            }
        }
        throw file.wrong("'%s' is no checksum that is known here".formatted(text));
    }

    private static double number(RuleYaml file, String text) {
        file.require(text.matches("\\d(\\.\\d{1,2})?"), "'%s' is no number of bits a byte".formatted(text));
        return Double.parseDouble(text);
    }

    private static Probe probe(RuleYaml probe) {
        probe.only(Set.of("get", "post", "header", "body", "live", "says", "dead", "denies"));
        var url = probe.optional("get").or(() -> probe.optional("post")).orElseThrow(() -> probe.wrong("no 'get'"));
        probe.require(url.startsWith("https://"), "'%s' is not https".formatted(url));
        probe.require(
                !probe.texts("dead").isEmpty() || !probe.texts("denies").isEmpty(),
                "'dead' or 'denies' says how a credential is refused");
        return new Probe(
                probe.optional("post").isPresent() ? "POST" : "GET",
                url,
                probe.optional("header").orElse(""),
                probe.optional("body").orElse(""),
                status(probe, probe.optional("live").orElse("200")),
                probe.optional("says").orElse(""),
                probe.texts("dead").stream().map(each -> status(probe, each)).toList(),
                probe.texts("denies"));
    }

    private static int status(RuleYaml probe, String text) {
        probe.require(text.matches("[2-5]\\d\\d"), "'%s' is no status of HTTP".formatted(text));
        return Integer.parseInt(text);
    }

    /** The keyword that a made-up credential of a rule is written with. */
    static Optional<String> keyword(SecretRule rule) {
        return rule.keywords().stream().findFirst();
    }
}
