package dev.stepzero.ship.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Severity;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.findings.Findings.Order;
import dev.stepzero.ship.runs.DeliveryMetrics;
import dev.stepzero.ship.runs.RunFilter;
import dev.stepzero.ship.runs.RunHistory;
import dev.stepzero.store.Database;
import dev.stepzero.store.embedded.PostgresCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Run by {@code bench/server/queries}: the queries of pages over what {@code bench/server/generate.sql} makes. */
@Tag("scale")
@Timeout(900)
class PagesAtScaleTest {
    private static final int TIMES = 40;
    private static final double MOST_MILLISECONDS = 100;

    @Test
    void eachQueryOfAPageAnswersWithinAHundredMilliseconds(@TempDir Path home) throws Exception {
        var script = Files.readString(Path.of("../bench/server/generate.sql"));
        try (var database = Database.open(home, Map.of())) {
            var owner = PostgresCluster.at(home.resolve("postgres")).start().superuser("stepzero");
            for (var statement : script.split(";\\s*\n")) {
                Jdbi.create(owner.url(), owner.user(), owner.password()).useHandle(handle -> {
                    try (var plain = handle.getConnection().createStatement()) {
                        plain.execute(statement);
                    }
                });
            }
            var slow = new LinkedHashMap<String, Double>();
            pages(database).forEach((name, page) -> {
                var p95 = p95(page);
                System.out.printf("%-44s %7.1f ms%n", name, p95);
                if (p95 > MOST_MILLISECONDS) {
                    slow.put(name, p95);
                }
            });
            assertThat(slow).isEmpty();
        } finally {
            PostgresCluster.at(home.resolve("postgres")).delete();
        }
    }

    private static double p95(Runnable page) {
        page.run();
        var times = new double[TIMES];
        for (var i = 0; i < TIMES; i++) {
            var begun = System.nanoTime();
            page.run();
            times[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(times);
        return times[TIMES * 95 / 100];
    }

    private static Map<String, Runnable> pages(Database database) {
        var findings = new Findings(database.jdbi());
        var history = new RunHistory(database.jdbi(), Clock.systemUTC());
        var metrics = new DeliveryMetrics(database.jdbi());
        var all = FindingFilter.ALL;
        var filters = new LinkedHashMap<String, FindingFilter>();
        filters.put("all", all);
        filters.put("a project", all.ofProject("project-7"));
        filters.put("an environment", all.ofEnvironment("staging"));
        filters.put("a severity", all.ofSeverity(Severity.CRITICAL));
        filters.put("a mild severity of a project", all.ofProject("project-7").ofSeverity(Severity.LOW));
        filters.put("a rule", all.ofRule("rule-77"));
        filters.put("a rule that is none", all.ofRule("nothing"));
        filters.put("a state", all.in(FindingState.SETTLED));
        filters.put("a state of a project", all.ofProject("project-8").in(FindingState.WAIVED));
        filters.put("a file", all.ofFile("src/module7/file7.java"));
        filters.put("a directory", all.ofFile("src/module7/*"));
        filters.put("a rare word", all.with("word777"));
        filters.put("a common word", all.with("strangers"));
        filters.put("two common words", all.with("package affected"));
        filters.put("common and rare words", all.with("strangers library77 word677"));
        filters.put("a beginning of words", all.with("libr"));
        filters.put("a word that is none", all.with("unheardof"));
        filters.put("a common word in a project", all.ofProject("project-7").with("strangers"));
        filters.put("a rule and a word", all.ofRule("rule-77").with("strangers"));
        filters.put("gone", all.gone());
        filters.put("gone from a project", all.ofProject("project-8").gone());
        var pages = new LinkedHashMap<String, Runnable>();
        filters.forEach((name, filter) -> {
            pages.put("worst: " + name, () -> findings.page(filter, Order.WORST, Optional.empty(), 50));
            pages.put("newest: " + name, () -> findings.page(filter, Order.NEWEST, Optional.empty(), 50));
            pages.put("counts: " + name, () -> findings.counts(filter));
        });
        pages.put("deep in the list", () -> findings.page(all, Order.WORST, Optional.of("0-500000"), 50));
        pages.put("findings of a run", () -> findings.ofRun(5_000, 200));
        var none = Optional.<String>empty();
        pages.put("runs", () -> history.page(RunFilter.ALL, Optional.empty(), 50));
        pages.put(
                "runs that failed in production",
                () -> history.page(
                        new RunFilter(none, Optional.of("production"), Optional.of(RunStatus.FAILED), none, none),
                        Optional.empty(),
                        50));
        pages.put(
                "runs of a person in a project",
                () -> history.page(
                        new RunFilter(Optional.of("project-7"), none, Optional.empty(), none, Optional.of("person-7")),
                        Optional.empty(),
                        50));
        var today = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        pages.put("four keys of 90 days", () -> metrics.over(none, none, today.minusDays(90), today));
        pages.put("weekly curves of 90 days", () -> metrics.weekly(none, none, today.minusDays(90), today));
        pages.put(
                "weekly curves of a project",
                () -> metrics.weekly(Optional.of("project-7"), none, today.minusDays(90), today));
        return pages;
    }
}
