import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks a server over a large database for each page, with each filter and deep in each list, by several clients at a
 * time, and for /health, which is one query and no page, in turns with them. Fails if a page's 95th percentile with four
 * clients is above 100 ms.
 */
public final class Pages {
    private static final List<Integer> CLIENTS = List.of(1, 4, 8);
    private static final int JUDGED = 4;
    private static final int EACH = 50;
    private static final double MOST = 100;

    public static void main(String[] arguments) throws Exception {
        var only = arguments.length > 1 ? arguments[1] : "";
        try (var site = Site.open(Path.of(System.getenv("STEPZERO_BENCH_ROOT")), Path.of(arguments[0]))) {
            site.fill();
            var server = site.start();
            try {
                site.awaitFirstPage(server);
                var cookie = site.signedIn("bench");
                site.describe();
                warm(site, cookie);
                var slow = new ArrayList<String>();
                for (var clients : CLIENTS) {
                    System.out.printf("%n%d clients, load of the machine %s%n%-42s %8s %8s %8s %10s%n", clients, Site.load(), "", "p50", "p95", "p99 ms", "p95/health");
                    for (var page : pages(site).entrySet()) {
                        if (!page.getKey().contains(only)) {
                            continue;
                        }
                        var health = times(site, cookie, "/health", clients, EACH);
                        var times = times(site, cookie, page.getValue(), clients, EACH);
                        var p95 = Site.percentile(times, 0.95);
                        System.out.printf("%-42s %8.1f %8.1f %8.1f %10.1f%n", page.getKey(), Site.percentile(times, 0.5), p95,
                                Site.percentile(times, 0.99), p95 / Site.percentile(health, 0.95));
                        if (clients == JUDGED && p95 > MOST) {
                            slow.add(page.getKey());
                        }
                    }
                }
                System.out.printf("%nserver: %.0f MB of heap after a collection, %d MB resident%n", Site.heapAfterCollection(server), Site.residentMegabytes(server));
                if (!slow.isEmpty()) {
                    System.out.println("more than " + MOST + " ms: " + slow);
                    System.exit(1);
                }
            } finally {
                Site.stop(server);
            }
        }
    }

    private static void warm(Site site, String cookie) throws Exception {
        for (var round = 0; round < 2; round++) {
            for (var path : pages(site).values()) {
                times(site, cookie, path, 4, 10);
            }
        }
    }

    static long[] times(Site site, String cookie, String path, int clients, int each) throws Exception {
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var all = new ArrayList<Future<long[]>>();
            for (var client = 0; client < clients; client++) {
                all.add(threads.submit(() -> ask(site, cookie, path, each)));
            }
            var times = new ArrayList<long[]>();
            for (var future : all) {
                times.add(future.get());
            }
            return times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        }
    }

    private static long[] ask(Site site, String cookie, String path, int each) throws Exception {
        var times = new long[each];
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (var i = 0; i < each; i++) {
                var began = System.nanoTime();
                var answer = Site.send(http, site.request(path, cookie));
                times[i] = System.nanoTime() - began;
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(path + " answered " + answer.statusCode());
                }
            }
        }
        return times;
    }

    static Map<String, String> pages(Site site) {
        var pages = new LinkedHashMap<String, String>();
        pages.put("health", "/health");
        pages.put("sign-in", "/sign-in");
        pages.put("who am I (api)", "/api/v1/me");
        pages.put("overview", "/");
        pages.put("overview of a project", "/?project=project-7");
        pages.put("projects", "/projects");
        pages.put("a project", "/projects/project-7");
        var run = site.count("select max(id) - 50 from run where pipeline = 'generated' and id % 5 = 2");
        var project = site.database.jdbi().withHandle(handle -> handle.createQuery("select project from run where id = ?").bind(0, run).mapTo(String.class).one());
        pages.put("runs", "/runs");
        pages.put("runs of a project", "/runs?project=project-7");
        pages.put("runs that failed", "/runs?status=failed");
        pages.put("runs of a project that are running", "/runs?project=project-7&status=running");
        pages.put("runs that are stalled", "/runs?status=stalled");
        pages.put("runs of an environment that failed", "/runs?environment=production&status=failed");
        pages.put("runs of a ref", "/runs?ref=" + encoded("refs/heads/main"));
        pages.put("runs of a ref in an environment, failed", "/runs?environment=staging&status=blocked&ref=" + encoded("refs/heads/main"));
        pages.put("runs of a ref that is none", "/runs?project=project-7&ref=nothing");
        pages.put("runs of somebody", "/runs?who=person-7");
        pages.put("runs of somebody in a project", "/runs?project=project-8&who=person-8");
        pages.put("runs of somebody that is stalled", "/runs?who=person-8&status=stalled");
        pages.put("runs, last page", "/runs?before=40");
        pages.put("a run", "/projects/" + project + "/runs/" + run);
        pages.put("a run's state", "/projects/" + project + "/runs/" + run + "/state");
        pages.put("a run's log", "/projects/" + project + "/runs/" + run + "/log");
        pages.put("a run's log searched", "/projects/" + project + "/runs/" + run + "/log?search=nothing");
        pages.put("environments", "/environments");
        pages.put("an environment", "/projects/project-7/environments/production");
        pages.put("an environment, last page", "/projects/project-7/environments/production?before=2000");
        pages.put("findings", "/findings");
        for (var filter : List.of("project=project-7", "environment=staging", "severity=critical", "severity=low&project=project-7", "severity=low&environment=staging",
                "severity=medium&state=waived", "rule=rule-77", "rule=nothing", "state=settled", "state=waived&project=project-8", "state=open", "file=src/module7/file7.java",
                "file=src/module7/*", "file=src/*", "file=s*&project=project-7", "text=word777", "text=strangers", "text=package+affected", "text=strangers+library77+word677",
                "text=libr", "text=unheardof", "text=a", "project=project-7&text=strangers", "rule=rule-77&text=strangers", "environment=staging&text=strangers&severity=critical",
                "gone=yes", "gone=yes&project=project-8", "gone=yes&environment=staging", "gone=yes&rule=rule-77", "gone=yes&text=strangers", "environment=nothing", "project=project-7&environment=staging",
                "severity=critical&state=settled", "rule=rule-77&project=project-7&severity=critical")) {
            pages.put("findings " + filter, "/findings?" + filter.replace("/", "%2F"));
            pages.put("findings newest " + filter, "/findings?order=newest&" + filter.replace("/", "%2F"));
        }
        pages.put("findings, deep", "/findings?after=0-500000");
        pages.put("findings, last page", "/findings?after=0-200");
        pages.put("findings newest, last page", "/findings?order=newest&after=0-200");
        var finding = site.count("select max(id) from finding where project = 'project-7' and resolved_at is null");
        pages.put("a finding", "/projects/project-7/findings/" + finding);
        var seen = site.database.jdbi().withHandle(handle -> handle.createQuery("""
                select '/projects/' || f.project || '/findings/' || f.id from run_finding o join finding f on f.id = o.finding_id limit 1""").mapTo(String.class).one());
        pages.put("a finding that runs saw", seen);
        pages.put("approvals", "/approvals");
        pages.put("approvals of a project", "/approvals?project=project-5");
        pages.put("waivers", "/waivers");
        pages.put("waivers that wait", "/waivers?state=asked");
        pages.put("waivers of a project", "/waivers?project=project-50&state=granted");
        pages.put("waivers, last page", "/waivers?before=50");
        pages.put("ledger", "/ledger");
        pages.put("settings", "/settings");
        pages.put("people", "/people");
        pages.put("sessions", "/account/sessions");
        pages.put("tokens", "/account/tokens");
        return pages;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
