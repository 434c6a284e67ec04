package dev.stepzero.scan.secrets;

import dev.stepzero.rules.secrets.SecretRule;
import dev.stepzero.rules.secrets.SecretRulebook;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which rules of ours a peer's kind is claimed by. Where the peer's names are aliases of ours, those that have the alias;
 * elsewhere all of the service that the kind is called after, so that a kind of a service which we know in part only is
 * claimed too, and counts as missed.
 */
final class Claims {
    private static final Pattern WHAT = Pattern.compile(
            "(?:(?:pat|api|app|key|token|access|personal|secret|oauth|v[12]|admin|webhook|service|account|refresh|user|auth).*)?");
    /** A name this long that a kind begins with is its service's, whatever follows. */
    private static final int LONG_NAME = 5;

    /** Names of no service: any rule counts. */
    private static final Set<String> GENERAL = Set.of(
            "generic", "http", "uri", "url", "pem", "odbc", "jdbc", "postgres", "mysql", "mongo", "redis", "ftp", "ldap",
            "rabbitmq", "sqlserver", "basicauth", "databaseconnectionstring", "credentials", "netrc", "psexec");
    private static final Map<String, Set<String>> OTHER_NAMES = Map.of(
            "google", Set.of("gcp"),
            "googleoauth2", Set.of("gcp"),
            "hashicorp", Set.of("vault", "terraformcloud"),
            "microsoftteams", Set.of("teams"),
            "sendinblue", Set.of("brevo"),
            "weightsandbiases", Set.of("wandb"),
            "1password", Set.of("onepassword"),
            "hashicorpvault", Set.of("vault"),
            "kubernetes", Set.of("kubeconfig"));

    private final Map<String, Set<String>> byAlias = new HashMap<>();
    private final Map<String, Set<String>> byService = new HashMap<>();
    private final Set<String> all;

    Claims(SecretRulebook book) {
        all = book.rules().stream().map(SecretRule::id).collect(Collectors.toSet());
        for (var rule : book.rules()) {
            rule.aliases().forEach(alias -> add(byAlias, alias, rule));
            var parts = rule.id().split("-", -1);
            add(byService, parts[1], rule);
            if (parts.length > 2) {
                add(byService, parts[1] + parts[2], rule);
            }
        }
    }

    private static void add(Map<String, Set<String>> to, String name, SecretRule rule) {
        to.computeIfAbsent(name, each -> new HashSet<>()).add(rule.id());
    }

    Set<String> ofAlias(String alias) {
        return byAlias.getOrDefault(alias, Set.of());
    }

    /** The rules of the service that a name such as {@code netlifytoken} begins with. */
    Set<String> ofService(String kind) {
        var name = kind.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (GENERAL.contains(name)) {
            return all;
        }
        var ours = new HashSet<String>();
        OTHER_NAMES.getOrDefault(name, Set.of()).forEach(other -> ours.addAll(byService.getOrDefault(other, Set.of())));
        byService.keySet().stream()
                .filter(service -> name.startsWith(service)
                        && (service.length() >= LONG_NAME
                                || WHAT.matcher(name.substring(service.length())).matches()))
                .max(java.util.Comparator.comparingInt(String::length))
                .ifPresent(service -> ours.addAll(byService.get(service)));
        return ours;
    }
}
