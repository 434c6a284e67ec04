package dev.stepzero.scan.sarif;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.core.Undecided;
import dev.stepzero.scan.secrets.SecretScanner;
import dev.stepzero.scan.secrets.SettingLook;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Turns the results of one run into findings (section 3.27). */
final class ResultFindings {
    private static final int LONGEST_TITLE = 160;
    private static final int LONGEST_MESSAGE = 2_000;

    /** What may be a credential in a message about one. */
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?<![\\w./])(?=[\\w+=-]{0,200}\\d)(?=[\\w+=-]{0,200}[A-Za-z])[\\w+=-]{16,}");

    private static final int MOST_ALIASES = 50;
    private static final Pattern CONTROL = Pattern.compile("[a-z][a-z0-9.-]+:[A-Za-z0-9._-]+");
    private static final String MEND = " To mend it: ";
    private static final Set<String> SECRET_SCANNERS = Set.of(
            "betterleaks",
            "detect-secrets",
            "ggshield",
            "gitleaks",
            "kingfisher",
            "noseyparker",
            "secretlint",
            "trufflehog");

    private final ToolRun run;
    private final Places places;
    private final Identity identity;
    private final Collected collected;
    private final Set<String> rules = new HashSet<>();
    private int taken;
    private int accepted;

    ResultFindings(ToolRun run, SourceText sources, Places places, Collected collected) {
        this.run = run;
        this.places = places;
        this.collected = collected;
        identity = new Identity(sources);
    }

    /** How many results have been taken. */
    int taken() {
        return taken;
    }

    /** How many of them their tool calls accepted. */
    int accepted() {
        return accepted;
    }

    /** Names of the rules of all results, as comments may say them, in lower case. */
    Set<String> rules() {
        run.rules().forEach(this::name);
        return rules;
    }

    private void name(String id) {
        rules.add(id.toLowerCase(Locale.ROOT));
        rules.add(finding(id).toLowerCase(Locale.ROOT));
    }

    private String finding(String id) {
        return run.isOurs() ? id : run.prefix() + ":" + id;
    }

    void take(JsonNode result) {
        taken++;
        var kind = result.path("kind").asString("fail");
        var state = result.path("baselineState").asString("");
        // What is no longer there is told for completeness only (section 3.27.24).
        if (Set.of("pass", "notApplicable", "informational").contains(kind) || state.equals("absent")) {
            return;
        }
        var rule = run.rule(result);
        var finding = finding(result, rule, kind);
        if (kind.equals("open")) {
            collected.undecided(new Undecided(
                    finding.rule(),
                    finding.title(),
                    finding.severity(),
                    finding.location(),
                    List.of(finding.message())));
            return;
        }
        var acceptance = Acceptance.of(result.path("suppressions"), run.name());
        if (acceptance.isPresent()) {
            accepted++;
            collected.accepted(because(finding, acceptance.get()));
        } else {
            collected.open(finding);
        }
    }

    private Finding finding(JsonNode result, JsonNode rule, String kind) {
        var id = run.ruleId(result);
        name(id);
        var override = run.override(rule);
        var location = result.path("locations").path(0);
        var secret = isSecret(rule);
        var place = place(location, secret);
        var said = Texts.line(Texts.of(result.path("message"), rule, run.driver()));
        var words = run.isOurs() ? said : withoutSecrets(said, secret);
        int mend = run.isOurs() ? words.lastIndexOf(MEND) : -1;
        var message = Texts.cut(mend < 0 ? words : words.substring(0, mend), LONGEST_MESSAGE);
        var title = title(id, rule, message);
        return new Finding(
                finding(id),
                aliases(id, rule),
                title,
                kind.equals("review") ? Severity.LOW : Grade.of(result, rule, override),
                place,
                message.isBlank() ? title : message,
                mend < 0 ? Advice.of(result, rule, run) : words.substring(mend + MEND.length()),
                run.isOurs() ? controls(rule) : List.of(),
                Weaknesses.of(result, rule, run),
                stride(rule),
                new Way(run, places).of(result, place),
                fingerprint(finding(id), place, result, message, secret));
    }

    /** Some tools write what they found into their message. */
    private static String withoutSecrets(String said, boolean secret) {
        var shown = SettingLook.withoutSecrets(said);
        return secret ? CREDENTIAL.matcher(shown).replaceAll("(not shown)") : shown;
    }

    private Location place(JsonNode location, boolean secret) {
        var place = places.of(location, run.isOurs() ? Places.logical(location) : "");
        return secret
                ? new Location(
                        SecretScanner.RESOURCE + place.resource(), place.path(), place.startLine(), place.endLine())
                : place;
    }

    /** What secret scanners found is not to be shown in excerpts. */
    private boolean isSecret(JsonNode rule) {
        return !run.isOurs()
                && (SECRET_SCANNERS.contains(run.prefix())
                        || rule.path("properties")
                                .path("tags")
                                .valueStream()
                                .anyMatch(tag -> Set.of("secret", "secrets")
                                        .contains(tag.asString("").toLowerCase(Locale.ROOT))));
    }

    private String fingerprint(String rule, Location place, JsonNode result, String message, boolean secret) {
        var own = result.path("partialFingerprints").path("stepzero/v1").asString("");
        return run.isOurs() && own.matches("[0-9a-f]{8,64}") ? own : identity.of(rule, place, result, message, secret);
    }

    /** What other tools and comments call the rule. */
    private List<String> aliases(String id, JsonNode rule) {
        var aliases = new LinkedHashSet<String>();
        if (run.isOurs()) {
            rule.path("properties")
                    .path("aliases")
                    .valueStream()
                    .limit(MOST_ALIASES)
                    .forEach(each -> aliases.add(each.asString("")));
            return List.copyOf(aliases);
        }
        aliases.add(id);
        var last = id.substring(id.lastIndexOf('.') + 1);
        if (run.prefix().equals("semgrep") && last.length() > 3) {
            aliases.add(last);
        }
        return List.copyOf(aliases);
    }

    /** What the rule is called; some tools give nothing but its id, and then its first sentence has to do. */
    private static String title(String id, JsonNode rule, String message) {
        for (var both : List.of(rule.path("shortDescription"), rule.path("fullDescription"))) {
            var said = Texts.unlinked(Texts.plain(both)).strip();
            if (!said.isEmpty() && !said.contains(id)) {
                return Texts.sentences(said, LONGEST_TITLE);
            }
        }
        var name = Texts.line(rule.path("name").asString(""));
        var called = name.isEmpty() || name.equals(id) ? Texts.sentences(message, LONGEST_TITLE) : name;
        return Texts.cut(called.isEmpty() ? id : called, LONGEST_TITLE);
    }

    private static List<String> controls(JsonNode rule) {
        var controls = new ArrayList<String>();
        rule.path("properties").path("tags").forEach(tag -> {
            if (CONTROL.matcher(tag.asString("")).matches()) {
                controls.add(tag.asString(""));
            }
        });
        return controls;
    }

    private static Set<Stride> stride(JsonNode rule) {
        var threats = new LinkedHashSet<Stride>();
        rule.path("properties")
                .path("tags")
                .forEach(tag -> Stride.labelled(tag.asString("")).ifPresent(threats::add));
        return threats;
    }

    private static Finding because(Finding finding, String accepted) {
        return new Finding(
                finding.rule(),
                finding.aliases(),
                finding.title(),
                finding.severity(),
                finding.location(),
                finding.message() + " (" + accepted + ")",
                finding.fix(),
                finding.controls(),
                finding.cwe(),
                finding.stride(),
                finding.related(),
                finding.fingerprint());
    }
}
