package dev.stepzero.scan.packages.npm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.packages.ManifestTree;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lockfiles of JavaScript tell: packages, who asks for them, and what they are there for. */
class NpmReaderTest {
    @TempDir
    Path directory;

    private final NpmReader reader = new NpmReader();
    private ManifestTree tree;

    @BeforeEach
    void begin() {
        tree = new ManifestTree(directory);
    }

    @Test
    void npmInstallsEachPackageUnderAPath() throws Exception {
        tree.with("package-lock.json", """
                { "lockfileVersion": 3,
                  "packages": {
                    "": { "workspaces": ["packages/*"], "dependencies": { "a": "^1.0.0", "alias": "npm:@s/real@2" },
                          "devDependencies": { "d": "1" }, "optionalDependencies": { "o": "1" } },
                    "packages/own": { "version": "0.1.0", "dependencies": { "b": "^1.0.0" } },
                    "node_modules/own": { "resolved": "packages/own", "link": true },
                    "node_modules/a": { "version": "1.0.0", "dependencies": { "b": "^2.0.0" } },
                    "node_modules/a/node_modules/b": { "version": "2.0.0" },
                    "node_modules/b": { "version": "1.0.0" },
                    "node_modules/alias": { "name": "@s/real", "version": "2.0.0" },
                    "node_modules/d": { "version": "1.0.0", "dev": true },
                    "node_modules/g": { "version": "3.0.0", "resolved": "git+ssh://git:secret@host/g.git#abc" },
                    "node_modules/o": { "version": "1.0.0", "optional": true, "dependencies": { "own": "*" } } } }
                """).readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "a@1.0.0 runtime package-lock.json:7 *",
                        "b@1.0.0 runtime package-lock.json:9 *",
                        "b@2.0.0 runtime package-lock.json:8",
                        "d@1.0.0 development package-lock.json:11 *",
                        "g@3.0.0 runtime package-lock.json:12",
                        "o@1.0.0 optional package-lock.json:13 *",
                        "@s/real@2.0.0 runtime package-lock.json:10 *");
        assertThat(tree.dependencies()).containsExactly("a@1.0.0 > b@2.0.0");
        assertThat(tree.purls()).contains("pkg:npm/g@3.0.0?vcs_url=git%2Bssh:%2F%2Fhost%2Fg.git%23abc");
    }

    @Test
    void olderNpmNestsPackagesInEachOther() throws Exception {
        tree.with("package.json", """
                { "dependencies": { "a": "^1.0.0" }, "devDependencies": { "alias": "npm:real@^2.0.0" } }""").with("package-lock.json", """
                        { "lockfileVersion": 1, "dependencies": {
                            "a": { "version": "1.0.0", "requires": { "b": "2" },
                              "dependencies": { "b": { "version": "2.0.0", "requires": { "c": "1" } } } },
                            "b": { "version": "1.0.0", "optional": true },
                            "c": { "version": "github:o/c#1234" },
                            "alias": { "version": "npm:real@2.1.0", "dev": true } } }
                        """).readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "a@1.0.0 runtime package-lock.json:2 *",
                        "b@1.0.0 optional package-lock.json:4",
                        "b@2.0.0 runtime package-lock.json:3",
                        "c@ runtime package-lock.json:5",
                        "real@2.1.0 development package-lock.json:6 *");
        assertThat(tree.dependencies()).containsExactly("a@1.0.0 > b@2.0.0", "b@2.0.0 > c@");
    }

    @Test
    void aShrinkwrapGoesBeforeALockfile() throws Exception {
        tree.with("npm-shrinkwrap.json", "{\"dependencies\": {\"a\": {\"version\": \"1.0.0\"}}}")
                .with("package-lock.json", "{\"dependencies\": {\"a\": {\"version\": \"2.0.0\"}}}")
                .readBy(reader);

        assertThat(tree.names()).containsExactly("a@1.0.0");
        assertThat(tree.skipped())
                .containsExactly("package-lock.json: npm reads the npm-shrinkwrap.json beside it instead");
    }

    @Test
    void yarnHeadsEntriesWithWhatTheyAnswer() throws Exception {
        tree.with("package.json", """
                { "workspaces": ["packages/*"], "dependencies": { "a": "^1.0.0" } }""")
                .with("packages/one/package.json", """
                        { "name": "one", "devDependencies": { "b": "~2.0.0", "one-of-us": "*" } }""")
                .with("yarn.lock", """
                        # yarn lockfile v1

                        a@^1.0.0, a@^1.1.0:
                          version "1.1.0"
                          dependencies:
                            "@s/c" "^3.0.0"
                          optionalDependencies:
                            d "4"

                        b@~2.0.0:
                          version "2.0.1"
                          dependencies:
                            d "4"

                        "@s/c@^3.0.0":
                          version "3.0.0"

                        "d@npm:real@4", d@4:
                          version "4.0.0"
                        """)
                .readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "a@1.1.0 runtime yarn.lock:3 *",
                        "b@2.0.1 development yarn.lock:10 *",
                        "real@4.0.0 optional yarn.lock:18",
                        "@s/c@3.0.0 runtime yarn.lock:15");
        assertThat(tree.dependencies())
                .containsExactly("a@1.1.0 > @s/c@3.0.0", "a@1.1.0 > real@4.0.0", "b@2.0.1 > real@4.0.0");
        assertThat(tree.skipped()).isEmpty();
    }

    @Test
    void newerYarnSaysWhatEachEntryIs() throws Exception {
        tree.with("package.json", "{ \"name\": \"root\", \"devDependencies\": { \"b\": \"^2.0.0\" } }")
                .with("yarn.lock", """
                        __metadata:
                          version: 8

                        "a@npm:^1.0.0, a@npm:^1.1.0":
                          version: 1.1.0
                          resolution: "a@npm:1.1.0"
                          dependencies:
                            b: "npm:^2.0.0"
                            fsevents: "npm:2"
                          dependenciesMeta:
                            fsevents:
                              optional: true

                        "alias@npm:real@^3.0.0":
                          version: 3.0.0
                          resolution: "real@npm:3.0.0"

                        "b@npm:^2.0.0":
                          version: 2.0.0
                          resolution: "b@npm:2.0.0"

                        "fsevents@npm:2":
                          version: 2.0.0
                          resolution: "fsevents@npm:2.0.0"

                        "root@workspace:.":
                          version: 0.0.0-use.local
                          resolution: "root@workspace:."
                          dependencies:
                            a: "npm:^1.0.0"
                            alias: "npm:real@^3.0.0"
                            b: "npm:^2.0.0"
                        """)
                .readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "a@1.1.0 runtime yarn.lock:4 *",
                        "b@2.0.0 runtime yarn.lock:18 *",
                        "fsevents@2.0.0 optional yarn.lock:22",
                        "real@3.0.0 runtime yarn.lock:14 *");
        assertThat(tree.dependencies()).containsExactly("a@1.1.0 > b@2.0.0", "a@1.1.0 > fsevents@2.0.0");
    }

    @Test
    void pnpmNamesEntriesDifferentlyInEachVersion() throws Exception {
        tree.with("five/pnpm-lock.yaml", """
                lockfileVersion: 5.4
                dependencies:
                  a: 1.0.0_b@2.0.0
                devDependencies:
                  '@s/d': 4.0.0
                packages:
                  /a/1.0.0_b@2.0.0:
                    dependencies:
                      b: 2.0.0
                    dev: false
                  /b/2.0.0:
                    dev: false
                  /@s/d/4.0.0:
                    dev: true
                """)
                .with("six/pnpm-lock.yaml", """
                lockfileVersion: '6.0'
                importers:
                  .:
                    dependencies:
                      e:
                        specifier: ^1.0.0
                        version: 1.0.0(f@2.0.0)
                  lib:
                    optionalDependencies:
                      alias:
                        specifier: npm:real@3
                        version: /real@3.0.0
                packages:
                  /e@1.0.0(f@2.0.0):
                    dependencies:
                      f: 2.0.0
                  /f@2.0.0:
                    resolution: {integrity: sha512-x}
                  /real@3.0.0:
                    resolution: {integrity: sha512-x}
                """)
                .with("nine/pnpm-lock.yaml", """
                lockfileVersion: '9.0'
                importers:
                  .:
                    devDependencies:
                      g:
                        specifier: ^1.0.0
                        version: 1.0.0(h@2.0.0)
                packages:
                  g@1.0.0:
                    resolution: {integrity: sha512-x}
                  h@2.0.0:
                    resolution: {integrity: sha512-x}
                snapshots:
                  g@1.0.0(h@2.0.0):
                    dependencies:
                      h: 2.0.0
                  h@2.0.0: {}
                """)
                .readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "a@1.0.0 runtime five/pnpm-lock.yaml:7 *",
                        "b@2.0.0 runtime five/pnpm-lock.yaml:11",
                        "e@1.0.0 runtime six/pnpm-lock.yaml:14 *",
                        "f@2.0.0 runtime six/pnpm-lock.yaml:17",
                        "g@1.0.0 development nine/pnpm-lock.yaml:9 *",
                        "h@2.0.0 development nine/pnpm-lock.yaml:11",
                        "real@3.0.0 optional six/pnpm-lock.yaml:19 *",
                        "@s/d@4.0.0 development five/pnpm-lock.yaml:13 *");
        assertThat(tree.dependencies()).containsExactly("a@1.0.0 > b@2.0.0", "e@1.0.0 > f@2.0.0", "g@1.0.0 > h@2.0.0");
    }

    @Test
    void bunWritesListsWithCommasAtTheirEnds() throws Exception {
        tree.with("bun.lock", """
                {
                  "lockfileVersion": 1,
                  "workspaces": {
                    "": { "dependencies": { "a": "^1.0.0", }, "devDependencies": { "@s/d": "1", }, },
                    "packages/own": { "name": "own", "dependencies": { "b": "^1.0.0", }, },
                  },
                  "packages": {
                    "a": ["a@1.0.0", "", { "dependencies": { "b": "^2.0.0" } }, "sha512-x"],
                    "a/b": ["b@2.0.0", "", {}, "sha512-x"],
                    "b": ["b@1.0.0", "", {}, "sha512-x"],
                    "@s/d": ["@s/d@1.0.0", "", { "dependencies": { "b": "3" } }, "sha512-x"],
                    "@s/d/b": ["b@github:o/b#12", { }, "o-b-12"],
                    "own": ["own@workspace:packages/own"],
                  }
                }
                """).readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "a@1.0.0 runtime bun.lock:8 *",
                        "b@ development bun.lock:12",
                        "b@1.0.0 runtime bun.lock:10 *",
                        "b@2.0.0 runtime bun.lock:9",
                        "@s/d@1.0.0 development bun.lock:11 *");
        assertThat(tree.dependencies()).containsExactly("@s/d@1.0.0 > b@", "a@1.0.0 > b@2.0.0");
    }

    @Test
    void withoutALockfileOnlyExactVersionsAreKnown() throws Exception {
        tree.with("package.json", """
                { "dependencies": { "exact": "1.2.3", "range": "^1.0.0", "alias": "npm:real@2.0.0",
                                    "git": "git+https://host/git.git", "own": "file:../own" },
                  "devDependencies": { "tag": "latest" } }
                """).readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "exact@1.2.3 runtime package.json:1 *",
                        "git@ runtime package.json:2 *",
                        "range@ runtime package.json:1 *",
                        "real@2.0.0 runtime package.json:1 *",
                        "tag@ development package.json:3 *");
        assertThat(tree.skipped())
                .contains("package.json: there is no lockfile: what its packages bring in is not known")
                .anyMatch(each -> each.contains("3 packages are not matched"));
    }

    @Test
    void brokenFilesAreFindings() throws Exception {
        tree.with("a/package-lock.json", "{ \"packages\": ")
                .with("b/pnpm-lock.yaml", "a: [")
                .with("c/yarn.lock", "\"a@1:\n  version\n    x\n\u0000:\n  version \"1")
                .with("d/bun.lock", "[]")
                .with("e/package-lock.json", "{ \"packages\": { \"node_modules/\": { \"version\": 1 }, \"\": [] } }")
                .with("f/package.json", "{ \"dependencies\": [1], \"workspaces\": 3 }")
                .readBy(reader);

        assertThat(tree.problems()).hasSize(2);
    }

    @Test
    void circlesEnd() throws Exception {
        tree.with("package-lock.json", """
                { "packages": {
                    "": { "devDependencies": { "a": "1" } },
                    "node_modules/a": { "version": "1.0.0", "dependencies": { "b": "1" } },
                    "node_modules/b": { "version": "1.0.0", "dependencies": { "a": "1", "b": "1" } } } }
                """).readBy(reader);

        assertThat(tree.dependencies()).containsExactly("a@1.0.0 > b@1.0.0", "b@1.0.0 > a@1.0.0", "b@1.0.0 > b@1.0.0");
    }

    @Test
    void patternsOfWorkspacesThatWouldStallAMatcherDoNot() throws Exception {
        var pattern = "*a".repeat(200) + "b/**/" + "**/x/".repeat(200);
        tree.with("package.json", "{ \"workspaces\": [\"" + pattern + "\"] }")
                .with("a".repeat(200) + "/" + "x/".repeat(50) + "package.json", "{}")
                .with("yarn.lock", "a@1:\n  version \"1.0.0\"\n")
                .readBy(reader);

        assertThat(tree.names()).containsExactly("a@1.0.0");
    }

    @Test
    void tenThousandPackagesAreAllRead() throws Exception {
        var packages = IntStream.range(0, 10_000)
                .mapToObj(i -> "\"node_modules/a%d\": { \"version\": \"1.0.%d\", \"dependencies\": { \"a%d\": \"*\" } }"
                        .formatted(i, i, i + 1))
                .collect(Collectors.joining(",\n"));

        tree.with(
                        "package-lock.json",
                        "{ \"packages\": { \"\": { \"dependencies\": { \"a0\": \"*\" } },\n" + packages + "} }")
                .readBy(reader);

        assertThat(tree.names()).hasSize(10_000);
        assertThat(tree.dependencies()).hasSize(9_999);
    }
}
