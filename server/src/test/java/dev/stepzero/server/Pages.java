package dev.stepzero.server;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.guard.identity.Source;
import dev.stepzero.server.RunningServer.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** A real browser, one for all tests of the JVM: write {@code @ExtendWith(Pages.class)} and ask for {@link Pages.Window}s. */
public final class Pages implements ParameterResolver {
    private static final List<Path> BROWSERS = List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Window.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var chromium = context.getRoot()
                .getStore(Namespace.create(Pages.class))
                .computeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class);
        var window = new Window(chromium.browser(), RunningServer.of(context));
        context.getStore(Namespace.create(Pages.class)).put(window, window);
        return window;
    }

    /** How long a page may take to show what it will show, on whatever machine. */
    private static final double PATIENCE_MILLISECONDS = 30_000;

    private record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {
        static Chromium start() {
            var program =
                    BROWSERS.stream().filter(Files::isExecutable).findFirst().orElseThrow(() -> missing());
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLISECONDS);
            var playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            var options = new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"));
            return new Chromium(playwright, playwright.chromium().launch(options));
        }

        private static RuntimeException missing() {
            if ("1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES"))) {
                throw new IllegalStateException("no chromium is installed");
            }
            return new TestAbortedException("no chromium is installed");
        }

        @Override
        public void close() {
            playwright.close();
        }
    }

    /** A browser window of its own, without anything remembered. */
    public static final class Window implements AutoCloseable {
        private final BrowserContext context;
        private final Running server;
        private final Page page;
        private final java.util.ArrayList<String> complaints = new java.util.ArrayList<>();

        private Window(Browser browser, Running server) {
            this.server = server;
            this.context = browser.newContext(new Browser.NewContextOptions()
                    .setBaseURL(server.address().toString())
                    .setUserAgent(Client.AGENT));
            this.page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
        }

        public Page page() {
            return page;
        }

        public Running server() {
            return server;
        }

        /** Signs somebody in without the sign-in page. */
        public Window as(Person person) {
            var factors = Set.of(Factor.PASSWORD, Factor.TOTP);
            var secret = server.part(Sessions.class).begin(person.id(), factors, new Source("127.0.0.1", Client.AGENT));
            context.addCookies(List.of(new Cookie("stepzero-session", secret.text())
                    .setUrl(server.address().toString())
                    .setHttpOnly(true)));
            return this;
        }

        public Page open(String path) {
            page.navigate(path);
            return page;
        }

        /** What the browser complained about, such as a breach of the content security policy. */
        public List<String> complaints() {
            return List.copyOf(complaints);
        }

        /** What axe-core finds to be a serious or critical barrier in the page as it stands there, by all of its rules or some. */
        public List<String> barriers(String... rules) {
            if (Boolean.FALSE.equals(page.evaluate("'axe' in window"))) {
                page.evaluate(axe());
            }
            @SuppressWarnings("unchecked")
            var found = (List<String>) page.evaluate("""
                    async (rules) => (await axe.run(document, rules.length == 0 ? {resultTypes: ['violations']}
                            : {resultTypes: ['violations'], runOnly: {type: 'rule', values: rules}})).violations
                        .filter(found => ['serious', 'critical'].includes(found.impact))
                        .flatMap(found => found.nodes.map(node => found.id + ': ' + node.html + ' ' + node.failureSummary))
                    """, rules);
            return found;
        }

        private static String axe() {
            try (var script = Window.class.getResourceAsStream("/axe.min.js")) {
                return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
