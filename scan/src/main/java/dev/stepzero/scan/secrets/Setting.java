package dev.stepzero.scan.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What is known about a text before it is searched, and what is looked up when it matters. For one thread. */
final class Setting {
    private static final int RULE = 16 << 10;

    private static final Set<String> TEST_FOLDERS = WordList.set("""
            test tests testdata test-data testing fixture fixtures __tests__ __fixtures__ __mocks__ mock
            mocks spec specs e2e example examples sample samples testresources cassettes snapshots
            __snapshots__ androidtest jvmtest integration-tests testsuite
            """);

    /** A set of tests with a name of its own: {@code smoke-test}, {@code dockerTest}. */
    private static final Pattern TEST_FOLDER = Pattern.compile(".*(?:[-_.][Tt]ests?|[a-z]Tests?)|test[A-Z].*");

    private static final Set<String> DOCUMENTATION_FOLDERS =
            WordList.set("doc docs documentation guides manual website");

    private final String path;
    private final boolean test;
    private final byte[] head;
    private boolean asked;
    private boolean digests;

    private Setting(String path, boolean test, byte[] head) {
        this.path = path;
        this.test = test;
        this.head = head;
    }

    /** Of a path and the beginning of the text. */
    static Setting of(String path, byte[] text, int length) {
        var head = Arrays.copyOf(text, Math.min(length, DigestFormat.HEAD));
        return new Setting(path, isTest(path) || isRule(text, length), head);
    }

    /** Of a text that lies nowhere. */
    static Setting nowhere() {
        return new Setting("", false, new byte[0]);
    }

    /** Where it lies, with {@code /} between its parts; empty where it has none. */
    String path() {
        return path;
    }

    /** Whether it lies among tests, examples and the like, where made-up credentials are. */
    boolean test() {
        return test;
    }

    /** Whether it is read by people and not by programs. */
    boolean documentation() {
        var lower = path.toLowerCase(Locale.ROOT);
        return lower.endsWith(".md")
                || lower.endsWith(".rst")
                || lower.endsWith(".adoc")
                || lower.endsWith(".mdx")
                || Arrays.stream(lower.split("/", -1)).anyMatch(DOCUMENTATION_FOLDERS::contains);
    }

    /** Whether its format is full of digests, which look as random as keys. */
    boolean digests() {
        if (!asked) {
            digests = DigestFormat.is(head, head.length);
            asked = true;
        }
        return digests;
    }

    /** Rules for scanners hold examples of what they find, ours and Semgrep's. */
    private static boolean isRule(byte[] head, int length) {
        if (length < 4 || head[0] != 'i' || head[1] != 'd' || head[2] != ':') {
            return false;
        }
        var text = new String(head, 0, Math.min(length, RULE), StandardCharsets.ISO_8859_1);
        return text.startsWith("id: ") && text.contains("\nexamples:\n") && text.contains("\nseverity: ");
    }

    private static boolean isTest(String path) {
        var parts = path.split("/", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            if (TEST_FOLDERS.contains(parts[i].toLowerCase(Locale.ROOT))
                    || TEST_FOLDER.matcher(parts[i]).matches()) {
                return true;
            }
        }
        var name = parts[parts.length - 1].toLowerCase(Locale.ROOT);
        return name.contains("_test.")
                || name.contains(".test.")
                || name.contains(".spec.")
                || name.contains("_spec.")
                || name.startsWith("test_")
                || name.endsWith("tests.java")
                || name.endsWith("test.java")
                || name.endsWith("test.kt")
                || name.contains(".example")
                || name.contains(".sample")
                || name.contains(".template");
    }
}
