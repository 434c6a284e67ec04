package dev.stepzero.server.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Digest;
import dev.stepzero.server.page.Assets;
import dev.stepzero.server.page.Frame;
import dev.stepzero.ship.deploy.Deployments.Published;
import dev.stepzero.ship.evidence.Passport;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A passport that verifies takes a whole run of the pipeline; here its page is made of one that somebody wrote. */
class PassportPageTest {
    @Test
    void whatIsProvenStandsThere() {
        var image = Digest.of(new byte[] {1});
        var passport = new Passport(
                image.toString(),
                "c".repeat(40),
                "https://forge.example.org/shop.git",
                "Ada <ada@example.org>",
                "https://stepzero.example",
                "2026-11-21T08:00:00Z",
                "17",
                Optional.empty(),
                List.of("libc6 2.36"),
                new Passport.Tests("PASSED", 212, 3),
                List.of(new Passport.Scan(List.of("image"), "sha256:1", Map.of("low", 2))),
                new Passport.Verdict(
                        "pass", Instant.EPOCH, List.of("SLSA_BUILD_LEVEL_2"), List.of("R1: one"), List.of("R2: two")),
                94,
                List.of(new Passport.Approval("production", "ben", "eve", "2026-11-21", "looks right", "yes")),
                List.of(),
                List.of("key-1"),
                List.of());
        var html = new StringOutput();

        TemplateEngine.createPrecompiled(ContentType.Html)
                .render(
                        "releases/release.jte",
                        Map.of(
                                "frame",
                                new Frame("Release", "/", null, "csrf", new Assets(), List.of(), List.of()),
                                "now",
                                Instant.EPOCH,
                                "release",
                                new Published(1, "shop", "c".repeat(40), image, true),
                                "statements",
                                List.of(),
                                "deployments",
                                List.of(),
                                "passport",
                                Optional.of(passport),
                                "refused",
                                ""),
                        html);

        assertThat(html.toString())
                .contains(
                        "Ada &lt;ada@example.org&gt;",
                        "212 tests, 3 skipped",
                        "SLSA_BUILD_LEVEL_2",
                        "94",
                        "by eve",
                        "R1: one",
                        "R2: two",
                        "key-1")
                .doesNotContain("does not verify");
    }
}
