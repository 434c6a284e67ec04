package dev.stepzero.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Invitations;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.identity.Roles;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.server.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Opens every page that there is, with data in it, in both schemes, on a desk and on a phone. A new page is opened by being
 * there; a new variable of a path needs a value below. Pictures go to STEPZERO_SCREENSHOTS.
 */
@Timeout(180)
@ExtendWith(Pages.class)
class EveryPageTest {
    private static final String NAME = "invoicer";
    /** What scripts put into a page that is open already. */
    private static final Set<String> PARTS = Set.of("/projects/{project}/runs/{run}/state");

    private static final String FIRST_STOP = """
            document.querySelector('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])')?.outerHTML
                ?? document.querySelector('a[href], button, input:not([type=hidden]), summary, [tabindex="0"]').className""";

    private static final int PHONE = 375;
    private static final int DESK = 1200;

    @Test
    void everybodyCanReadEveryPageInLightAndDarkOnADeskAndOnAPhone(Window window) {
        var server = window.server();
        var person = server.part(People.class).add("ada", "Ada", "ada@example.org");
        for (var role : Role.values()) {
            server.part(People.class).grant(person.id(), Grant.everywhere(role));
        }
        var variables = furnished(server, person);
        var faults = new ArrayList<String>();
        window.as(person);

        var pages = pages(server);
        for (var pattern : pages) {
            look(window, pattern, variables).forEach(fault -> faults.add(pattern + ": " + fault));
        }

        assertThat(pages).hasSizeGreaterThan(30);
        assertThat(faults).isEmpty();
        assertThat(window.complaints()).isEmpty();
    }

    /** Whatever answers a GET with a page. */
    private static List<String> pages(Running server) {
        return server.part(RequestMappingHandlerMapping.class).getHandlerMethods().entrySet().stream()
                .filter(each -> each.getValue().getMethod().getReturnType() == Page.class)
                .filter(each -> each.getKey().getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .flatMap(each -> each.getKey().getPatternValues().stream())
                .filter(pattern -> !PARTS.contains(pattern))
                .sorted()
                .toList();
    }

    private static List<String> look(Window window, String pattern, Map<String, String> variables) {
        var path = path(pattern, variables);
        var answer = window.page().navigate(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        var page = window.page();
        var faults = new ArrayList<String>();
        if (!page.evaluate(FIRST_STOP).equals("skip")) {
            faults.add("the first stop of the keyboard is not the way to the content");
        }
        if (page.locator("h1").count() != 1) {
            faults.add("a page has one heading of its own");
        }
        for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            page.emulateMedia(new EmulateMediaOptions().setColorScheme(scheme));
            for (var width : new int[] {DESK, PHONE}) {
                page.setViewportSize(width, 750);
                barriers(window, scheme, width)
                        .forEach(barrier -> faults.add("%s, %d: %s".formatted(scheme, width, barrier)));
                var wide = (Integer) page.evaluate("document.documentElement.scrollWidth");
                if (wide > width) {
                    faults.add("wider than " + width + ": " + wide);
                }
                shoot(window, pattern, scheme, width);
            }
        }
        return faults;
    }

    /** Nothing but colours differs between the schemes, and those of a phone are those of a desk. */
    private static List<String> barriers(Window window, ColorScheme scheme, int width) {
        if (scheme == ColorScheme.LIGHT) {
            return window.barriers();
        }
        return width == DESK ? window.barriers("color-contrast") : List.of();
    }

    private static String path(String pattern, Map<String, String> variables) {
        var path = pattern;
        for (var each : variables.entrySet()) {
            path = path.replace(each.getKey(), each.getValue());
        }
        assertThat(path).as("a value for each variable of " + pattern).doesNotContain("{");
        return path;
    }

    private static void shoot(Window window, String pattern, ColorScheme scheme, int width) {
        Optional.ofNullable(System.getenv("STEPZERO_SCREENSHOTS"))
                .filter(text -> !text.isEmpty())
                .ifPresent(directory -> {
                    var name = pattern.equals("/")
                            ? "overview"
                            : pattern.substring(1).replaceAll("[{}]", "").replace('/', '-');
                    window.page()
                            .screenshot(new ScreenshotOptions()
                                    .setPath(Path.of(
                                            directory,
                                            "%s-%s-%d.png"
                                                    .formatted(
                                                            name, scheme.name().toLowerCase(Locale.ROOT), width)))
                                    .setFullPage(width == PHONE));
                });
    }

    /** Something of everything, and what the variables of paths then are. */
    private static Map<String, String> furnished(Running server, Person person) {
        var sample = Sample.project(server, NAME);
        for (var week = 11; week > 0; week--) {
            sample.deployment(sample.run("succeeded"), "replaced", "0123456789abcde".charAt(week), week * 7 - 3);
            if (week % 5 == 2) {
                sample.deployment(
                        sample.run("succeeded"), "replaced", "ghijklmnopqrs".charAt(week), week * 7 - 4, "rollback");
            }
        }
        var good = sample.run("succeeded");
        sample.deployment(good, "serving", 'f', 1);
        var open = sample.finding(good, "AWS_SG_OPEN_INGRESS", 3, "The security group opens port 22 to everybody");
        sample.finding(good, "AWS_S3_PUBLIC", 2, "The bucket can be read by everybody");
        sample.finding(good, "SECRET_GITHUB_TOKEN", 3, "A GitHub token stands in the code");
        sample.finding(good, "K8S_RUN_AS_ROOT", 1, "The container runs as root");
        sample.finding(good, "TF_NO_DESCRIPTION", 0, "The variable has no description");
        sample.run("blocked");
        sample.run("failed");
        Sample.project(server, "webshop").verification(42, "succeeded");
        var variables = new HashMap<String, String>();
        variables.put("{project}", NAME);
        variables.put("{environment}", "production");
        variables.put("{step}", "deploy");
        variables.put("{name}", "API_TOKEN");
        variables.put("{image}", Sample.imageOf('f'));
        variables.put("{finding}", Long.toString(open));
        variables.put("{person}", Long.toString(person.id()));
        variables.put("{number}", "0");
        variables.put("{run}", Long.toString(running(sample)));
        variables.put(
                "/set-up",
                "/set-up?token="
                        + server.part(Invitations.class).invite(person.id()).text());
        kept(server, person);
        return variables;
    }

    private static long running(Sample sample) {
        var run = sample.run("running");
        sample.step(run, "checkout", "source", "succeeded", 0);
        sample.step(run, "test", "verify", "succeeded", 1);
        sample.step(run, "image", "build", "succeeded", 4);
        sample.step(run, "scan-image", "analyse", "running", 7);
        sample.line(run, "test", 1, "[INFO] Tests run: 212, Failures: 0, Errors: 0, Skipped: 3");
        sample.line(run, "scan-image", 1, "looking at 94 packages in 3 layers");
        sample.line(run, "scan-image", 2, "openssl 3.0.17-1~deb12u3: no advisory applies");
        return run;
    }

    private static void kept(Running server, Person person) {
        var operator = server.signedIn(Grant.in(NAME, Role.OPERATOR), Grant.in(NAME, Role.DEVELOPER));
        var secrets = "/projects/%s/secrets".formatted(NAME);
        for (var name : List.of("API_TOKEN", "DATABASE_PASSWORD", "SIGNING_KEY")) {
            operator.post(
                    secrets,
                    Map.of("environment", "production", "step", "deploy", "name", name, "value", "correct horse"));
        }
        operator.post(
                secrets + "/production/deploy/API_TOKEN/rotate", Map.of("value", "battery staple", "hours", "24"));
        var grant = Grant.everywhere(Role.VIEWER);
        server.part(ApiTokens.class)
                .create(person, Roles.NONE.with(grant), "build server", grant, false, Duration.ofDays(30));
        var ledger = server.part(InstalledLedger.class).ledger();
        for (var told : List.of(
                entry("ben", "review.give", "change", "42", Outcome.ALLOWED, "approved after a look at the rule"),
                entry(
                        "system",
                        "gate.judge",
                        "image",
                        "sha256:1b4f0e98",
                        Outcome.DENIED,
                        "2 findings of critical severity"),
                entry("system", "gate.judge", "image", "sha256:60303ae2", Outcome.ALLOWED, ""),
                entry("system", "release.admit", "image", "sha256:60303ae2", Outcome.ALLOWED, ""),
                entry(
                        "ada",
                        "environment.rollback",
                        "image",
                        "sha256:fd61a03a",
                        Outcome.ALLOWED,
                        "The basket is empty"),
                entry("carla", "waiver.decide", "waiver", "AWS_S3_PUBLIC", Outcome.DENIED, "A policy would do"))) {
            ledger.append(told);
        }
        ledger.checkpoint();
    }

    private static Entry entry(String who, String action, String type, String id, Outcome outcome, String reason) {
        return new Entry(
                new Actor(who, "", "192.0.2.7"),
                action,
                new Thing(type, id, NAME, "production"),
                Instant.now(),
                outcome,
                reason,
                Details.NONE);
    }
}
