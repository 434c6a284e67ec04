package dev.stepzero.ship.forge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeEvent;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the reader to deliveries that forges sent, where these are at hand. */
class CorpusTest {
    private static final Path CORPUS = Path.of("../../shared/corpora/webhooks.tar.gz");
    private static final Instant SIGNED_AT = Instant.ofEpochSecond(1_767_225_600);

    private static Map<String, byte[]> files;

    @BeforeAll
    static void read() throws IOException {
        assumeThat(CORPUS).exists();
        files = new HashMap<>();
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(CORPUS)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName().replaceFirst("^webhooks/", ""), tar.readAllBytes());
                }
            }
        }
    }

    private static Forge forge(String provider) {
        return switch (provider) {
            case "bitbucket-cloud" -> Forge.BITBUCKET;
            case "bitbucket-datacenter" -> Forge.BITBUCKET_DATA_CENTER;
            case "gitea-form" -> Forge.GITEA;
            case "gitlab-signed" -> Forge.GITLAB;
            default -> Forge.parse(provider);
        };
    }

    private static String summary(JsonNode entry) {
        var forge = forge(entry.path("provider").stringValue());
        var own = switch (forge) {
            case GITHUB -> "X-GitHub-Event";
            case GITLAB -> "X-Gitlab-Event";
            case GITEA -> "X-Gitea-Event";
            case FORGEJO -> "X-Forgejo-Event";
            case BITBUCKET, BITBUCKET_DATA_CENTER -> "X-Event-Key";
            case STEPZERO -> throw new IllegalArgumentException("Stepzero delivers nothing to itself");
        };
        var event = entry.path("event_header").path(own).stringValue();
        try {
            return switch (new Payload()
                    .read(forge, event, files.get(entry.path("file").stringValue()))) {
                case ForgeEvent.Push push -> {
                    var change = push.changes().getFirst();
                    yield "push %s %s%s%s"
                            .formatted(
                                    change.ref(),
                                    change.created() ? "created " : "",
                                    change.deleted() ? "deleted " : "",
                                    change.forced() ? "forced " : "")
                            .strip();
                }
                case ForgeEvent.PullRequest request ->
                    "pr %d %s %s into %s%s"
                            .formatted(
                                    request.number(),
                                    request.action(),
                                    request.head().branch(),
                                    request.base().branch(),
                                    request.foreign() ? " foreign" : "");
                case ForgeEvent.Review review ->
                    "review %d %s by %s".formatted(review.number(), review.opinion(), review.reviewer());
                case ForgeEvent.Ping ping -> "ping";
                case ForgeEvent.Ignored ignored -> "ignored";
            };
        } catch (UserError e) {
            return "refused: " + e.what();
        }
    }

    @Test
    void everyDeliveryIsReadAsWhatItIs() {
        var read = new TreeMap<String, String>();
        for (var entry : JsonMapper.shared().readTree(files.get("manifest.json"))) {
            var provider = entry.path("provider").stringValue();
            if (!provider.equals("dockerhub") && !provider.equals("all")) {
                read.put(entry.path("file").stringValue(), summary(entry));
            }
        }

        assertThat(read)
                .hasSize(44)
                .allSatisfy((file, summary) -> assertThat(summary).as(file).doesNotStartWith("refused"));
        assertThat(read)
                .containsEntry("bitbucket/pullrequest-created.json", "pr 1 OPENED branch2 into main")
                .containsEntry("bitbucket/push.json", "push refs/heads/main")
                .containsEntry("bitbucketdatacenter/pr-merged.json", "pr 111 MERGED PROJ-4584 into master")
                .containsEntry("bitbucketdatacenter/pr-opened-fork.json", "pr 114 OPENED master into master foreign")
                .containsEntry("bitbucketdatacenter/push.json", "push refs/heads/renovate-all")
                .containsEntry("forgejo/tag.json", "push refs/tags/v1.0.0 created")
                .containsEntry("gitea/pull_request-merged.json", "pr 1 MERGED anbraten-patch-1 into main")
                .containsEntry("gitea/pull_request-review-rejected.json", "review 7 CHANGES_REQUESTED by a_nice_user")
                .containsEntry("gitea/push-new-branch.json", "push refs/heads/fdsafdsa created")
                .containsEntry("github/pull_request-synchronize.json", "pr 2 UPDATED changes into master")
                .containsEntry("github/pull_request_review-dismissed.json", "review 2 DISMISSED by Codertocat")
                .containsEntry("github/push-deleted.json", "push refs/tags/simple-tag deleted")
                .containsEntry("github/push-forced.json", "push refs/heads/main forced")
                .containsEntry("github/create-tag.json", "ignored")
                .containsEntry("gitlab/merge_request-approved.json", "review 3 APPROVED by anbraten")
                .containsEntry("gitlab/merge_request-unapproved.json", "review 3 DISMISSED by real6543")
                .containsEntry("gitlab/merge_request-updated.json", "pr 3 UPDATED anbraten-main-patch-05373 into main")
                .containsEntry("gitlab/tag.json", "push refs/tags/v22 created");
        // Cut short by whoever kept it: without the head's repository it may come from anywhere.
        assertThat(read.get("github/wp-pull_request.json")).endsWith("foreign");
    }

    @Test
    void everyVectorIsJudgedAsItSays() {
        var seen = new ArrayList<String>();
        var wrong = new ArrayList<String>();
        for (var vector : JsonMapper.shared().readTree(files.get("vectors.json"))) {
            var id = vector.at("/headers/X-GitHub-Delivery").stringValue("");
            var replay = !id.isEmpty() && seen.contains(id);
            seen.add(id);
            var accepted = !replay && accepted(vector, SIGNED_AT);
            if (accepted != vector.path("verdict").stringValue().startsWith("accept")) {
                wrong.add(vector.toString());
            }
            if (vector.path("verdict").stringValue().contains("reject later")
                    && (accepted(vector, SIGNED_AT.plusSeconds(301))
                            || !accepted(vector, SIGNED_AT.plusSeconds(300)))) {
                wrong.add("late: " + vector);
            }
        }

        assertThat(seen).hasSize(12);
        assertThat(wrong).isEmpty();
    }

    private static boolean accepted(JsonNode vector, Instant now) {
        var body = vector.has("body")
                ? vector.path("body").stringValue().getBytes(StandardCharsets.UTF_8)
                : files.get(vector.path("body_file").stringValue());
        var headers = new HashMap<String, List<String>>();
        vector.path("headers")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), List.of(header.getValue().stringValue())));
        if (vector.path("provider").stringValue().equals("gitea-form")) {
            var form = "payload=" + URLEncoder.encode(new String(body, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            body = form.getBytes(StandardCharsets.UTF_8);
        }
        try {
            var secrets = WebhookSecrets.of(vector.path("secret").stringValue());
            var authentication = new Authentication(
                    forge(vector.path("provider").stringValue()), secrets, Clock.fixed(now, ZoneOffset.UTC));
            return authentication.authenticate(new Webhook(Headers.of(headers), body))
                    instanceof Authentication.Believed;
        } catch (UserError unconfigured) {
            return false;
        }
    }
}
