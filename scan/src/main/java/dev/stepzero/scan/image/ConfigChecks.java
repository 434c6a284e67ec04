package dev.stepzero.scan.image;

import dev.stepzero.scan.secrets.SettingLook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who the image runs as, how large and how old it is, and what its configuration gives away. */
final class ConfigChecks {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern INSTRUCTION =
            Pattern.compile("^(?:/bin/sh -c |(?:RUN|COPY|ADD|CMD|ENTRYPOINT|USER|WORKDIR|ENV|EXPOSE)\\b)");
    private static final String CREATED_LABEL = "org.opencontainers.image.created";
    /** Reproducible builds write a fixed time near the epoch, or that of the first zip. */
    private static final Instant INVENTED_BEFORE = Instant.parse("1990-01-01T00:00:00Z");

    private final OciImage image;
    private final ImageConfig config;
    private final ImagePolicy policy;
    private final Clock clock;
    private final Report report;

    ConfigChecks(OciImage image, ImagePolicy policy, Clock clock, Report report) {
        this.image = image;
        this.config = image.config();
        this.policy = policy;
        this.clock = clock;
        this.report = report;
    }

    /** Looks at everything; the accounts are those of the image's own /etc/passwd. */
    void look(Map<String, String> accounts) {
        user(accounts);
        size();
        age();
        secrets();
        health();
    }

    /** OCI's configuration has no such field: only of an image that a Dockerfile made, its lack says something. */
    private void health() {
        if (!config.healthcheck() && config.history().stream().anyMatch(ConfigChecks::isOfDockerfile)) {
            report.add(ImageRules.NO_HEALTHCHECK, "config/healthcheck", "there is no HEALTHCHECK", "none");
        }
    }

    private static boolean isOfDockerfile(ImageConfig.Event event) {
        return INSTRUCTION.matcher(event.createdBy()).find();
    }

    private void user(Map<String, String> accounts) {
        var user = config.user().split(":", 2)[0].strip();
        if (user.isEmpty()) {
            root("no user is set, which means root");
        } else if (NUMBER.matcher(user).matches()) {
            if (Long.parseLong(user) == 0) {
                root("the user is " + Printable.of(config.user()));
            }
        } else {
            var number = Optional.ofNullable(accounts.get(user));
            if (user.equals("root") || number.filter(ConfigChecks::isZero).isPresent()) {
                root("the user is " + Printable.of(config.user()) + ", which has the number 0");
            } else {
                report.add(
                        ImageRules.NO_USER_ID,
                        "config/user",
                        "the user is " + Printable.of(config.user())
                                + number.map(found -> ", number " + Printable.of(found))
                                        .orElse(", which the image's /etc/passwd does not know"),
                        user);
            }
        }
    }

    private static boolean isZero(String number) {
        return NUMBER.matcher(number).matches() && Long.parseLong(number) == 0;
    }

    private void root(String message) {
        report.add(ImageRules.USER_ROOT, "config/user", message, "root");
    }

    private void size() {
        var bytes = image.compressedBytes();
        if (bytes > policy.mostBytes()) {
            var largest = image.layers().stream()
                    .max(Comparator.comparingLong(Layer::compressedBytes))
                    .map(layer -> "; the largest is " + report.origin(layer.index()) + " with "
                            + megabytes(layer.compressedBytes()))
                    .orElse("");
            report.add(
                    ImageRules.TOO_LARGE,
                    "size",
                    "its layers weigh " + megabytes(bytes) + ", the budget is " + megabytes(policy.mostBytes())
                            + largest,
                    "size");
        }
    }

    private static String megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000 + " MB";
    }

    private void age() {
        var now = clock.instant();
        var label = ConfigReader.time(config.labels().getOrDefault(CREATED_LABEL, ""));
        var made = config.created()
                .filter(ConfigChecks::isReal)
                .or(() -> label.filter(ConfigChecks::isReal))
                .filter(time -> !time.isAfter(now.plus(Duration.ofDays(1))));
        if (made.isEmpty()) {
            var claim = config.created().map(time -> "it claims to be made at " + time);
            report.add(
                    ImageRules.AGE_UNKNOWN,
                    "created",
                    claim.orElse("it does not say when it was made") + ", and the label " + CREATED_LABEL
                            + " does not help",
                    "unknown");
            return;
        }
        var age = Duration.between(made.get(), now);
        if (age.compareTo(policy.oldest()) > 0) {
            report.add(
                    ImageRules.TOO_OLD,
                    "created",
                    "made at " + made.get() + ", " + age.toDays() + " days ago; the limit is "
                            + policy.oldest().toDays() + " days",
                    "old");
        }
    }

    private static boolean isReal(Instant time) {
        return time.isAfter(INVENTED_BEFORE);
    }

    private void secrets() {
        for (var variable : config.environment()) {
            SettingLook.inAssignment(variable)
                    .ifPresent(secret -> secret(secret, "config/env/", "environment variable "));
        }
        config.labels()
                .forEach((name, value) -> SettingLook.inValue(name, value)
                        .ifPresent(secret -> secret(secret, "config/label/", "label ")));
        var history = config.history();
        for (int i = 0; i < history.size(); i++) {
            var event = history.get(i);
            var instruction = "build instruction " + (i + 1);
            for (var word : SettingLook.words(event.createdBy() + " " + event.comment())) {
                SettingLook.inAssignment(word)
                        .ifPresent(secret -> secret(
                                secret,
                                "config/history/",
                                secret.name().isEmpty() ? instruction : instruction + " with "));
            }
        }
    }

    private void secret(SettingLook.Secret secret, String part, String what) {
        report.add(
                ImageRules.SECRET_IN_CONFIG,
                part + secret.name(),
                what + Printable.of(secret.name()) + " holds " + secret.kind() + " (" + secret.length()
                        + " characters, not shown)",
                secret.kind());
    }
}
