package dev.stepzero.scan.secrets;

import java.util.Locale;
import java.util.Set;

/**
 * What is known about a text before it is searched.
 *
 * @param path where it lies, with {@code /} between its parts; empty where it has none
 * @param test whether it lies among tests, examples and the like, where made-up credentials are
 * @param digests whether its format is full of digests, which look as random as keys
 */
record Setting(String path, boolean test, boolean digests) {
    private static final Set<String> TEST_FOLDERS = Set.of(
            "test", "tests", "testdata", "test-data", "testing", "fixture", "fixtures", "__tests__", "__fixtures__", "__mocks__",
            "mock", "mocks", "spec", "specs", "e2e", "example", "examples", "sample", "samples", "testresources", "cassettes",
            "snapshots", "__snapshots__", "androidtest", "jvmtest", "integration-tests", "testsuite");

    /** Of a path and the beginning of the text. */
    static Setting of(String path, byte[] head, int length) {
        return new Setting(path, isTest(path), DigestFormat.is(head, length));
    }

    private static boolean isTest(String path) {
        var lower = path.toLowerCase(Locale.ROOT);
        var parts = lower.split("/", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            if (TEST_FOLDERS.contains(parts[i])) {
                return true;
            }
        }
        var name = parts[parts.length - 1];
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
