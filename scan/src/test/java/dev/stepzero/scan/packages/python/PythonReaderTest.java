package dev.stepzero.scan.packages.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.packages.ManifestTree;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Python's requirements and lockfiles tell. */
class PythonReaderTest {
    @TempDir
    Path directory;

    private final PythonReader reader = new PythonReader();
    private ManifestTree tree;

    @BeforeEach
    void begin() {
        tree = new ManifestTree(directory);
    }

    @Test
    void onlyOneVersionThatIsAllowedIsAVersion() throws Exception {
        tree.with("requirements.txt", """
                # a comment
                Exact_Name==1.0 \\
                    --hash=sha256:00 # more
                extras[a, b] == 2.0 ; python_version < "3.8"
                (bracket
                brackets (==3.0)
                arbitrary===4.0+local
                range>=1,<2
                any-of==5.*
                two>=1.0,==1.5
                none
                --index-url https://example.org
                """).readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "any-of@ runtime requirements.txt:9 *",
                        "arbitrary@4.0+local runtime requirements.txt:7 *",
                        "brackets@3.0 runtime requirements.txt:6 *",
                        "exact-name@1.0 runtime requirements.txt:2 *",
                        "extras@2.0 runtime requirements.txt:4 *",
                        "none@ runtime requirements.txt:11 *",
                        "range@ runtime requirements.txt:8 *",
                        "two@1.5 runtime requirements.txt:10 *");
        assertThat(tree.problems())
                .containsExactly("requirements.txt:5 this line is no requirement that pip would take");
        assertThat(tree.skipped())
                .containsExactly("requirements.txt: 3 packages are not matched, as nothing here tells their versions: "
                        + "range, any-of, none");
    }

    @Test
    void filesIncludeEachOtherWithinTheTree() throws Exception {
        tree.with("requirements/dev.txt", "-r base.txt\n-c ../limits.txt\ntool==1.0\nloose\n")
                .with("requirements/base.txt", "--requirement=dev.txt\n-r ../../outside.txt\nlib==2.0\n")
                .with("limits.txt", "loose==3.0\nunused==4.0\n")
                .readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "lib@2.0 runtime requirements/base.txt:3 *",
                        "loose@3.0 runtime requirements/dev.txt:4 *",
                        "tool@1.0 runtime requirements/dev.txt:3 *");
        assertThat(tree.skipped())
                .contains("requirements/base.txt: it includes ../../outside.txt, which is not in the tree");
    }

    @Test
    void whatATaskOfDevelopmentAsksForIsForDevelopment() throws Exception {
        tree.with("requirements-dev.txt", "tool==1.0\n").readBy(reader);

        assertThat(tree.packages()).containsExactly("tool@1.0 development requirements-dev.txt:1 *");
    }

    @Test
    void commentsTellWhoAskedForAPackage() throws Exception {
        tree.with("requirements.in", "flask\n").with("requirements.txt", """
                        click==8.1
                            # via flask
                        flask==3.0
                            # via -r requirements.in
                        shared==1.0  # via click, flask
                        """).readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "click@8.1 runtime requirements.txt:1",
                        "flask@3.0 runtime requirements.txt:3 *",
                        "shared@1.0 runtime requirements.txt:5");
        assertThat(tree.dependencies())
                .containsExactly("click@8.1 > shared@1.0", "flask@3.0 > click@8.1", "flask@3.0 > shared@1.0");
    }

    @Test
    void placesTellWhatIsInThemOnlyByTheirNames() throws Exception {
        tree.with("requirements.txt", """
                https://example.org/wheels/My_Lib-1.2.3-py3-none-any.whl
                -e git+https://user:secret@example.org/tool.git@main#egg=tool
                direct @ https://example.org/direct.zip ; python_version > "3"
                ./local
                """).readBy(reader);

        assertThat(tree.purls())
                .containsExactly(
                        "pkg:pypi/direct",
                        "pkg:pypi/my-lib@1.2.3",
                        "pkg:pypi/tool?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Ftool.git%40main%23egg%3Dtool");
        assertThat(tree.problems())
                .containsExactly("requirements.txt:4 this line is no requirement that pip would take");
    }

    @Test
    void poetrySaysOfWhichGroupAPackageIs() throws Exception {
        tree.with("pyproject.toml", """
                [tool.poetry.dependencies]
                python = "^3.12"
                Flask = "^3.0"
                [tool.poetry.group.dev.dependencies]
                pytest = "*"
                """).with("poetry.lock", """
                [[package]]
                name = "flask"
                version = "3.0.1"
                optional = false
                groups = ["main"]
                [package.dependencies]
                Click = {version = ">=8", markers = "sys_platform == 'x'"}

                [[package]]
                name = "click"
                version = "8.1.0"
                groups = ["main", "dev"]

                [[package]]
                name = "pytest"
                version = "8.0.0"
                groups = ["dev"]

                [[package]]
                name = "redis"
                version = "5.0.0"
                optional = true
                groups = ["main"]
                [package.source]
                type = "git"
                url = "https://example.org/redis"
                resolved_reference = "abc"
                """).readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "click@8.1.0 runtime poetry.lock:9",
                        "flask@3.0.1 runtime poetry.lock:1 *",
                        "pytest@8.0.0 development poetry.lock:14 *",
                        "redis@5.0.0 optional poetry.lock:19");
        assertThat(tree.dependencies()).containsExactly("flask@3.0.1 > click@8.1.0");
        assertThat(tree.skipped()).isEmpty();
    }

    @Test
    void uvTellsWhatTheProjectItselfAsksFor() throws Exception {
        tree.with("pyproject.toml", "[project]\ndependencies = [\"a>=1\"]\n")
                .with("member/pyproject.toml", "[project]\ndependencies = [\"b>=1\"]\n")
                .with("uv.lock", """
                        version = 1
                        [[package]]
                        name = "app"
                        version = "0.1.0"
                        source = { virtual = "." }
                        dependencies = [{ name = "a" }, { name = "member" }]
                        [package.optional-dependencies]
                        more = [{ name = "c", version = "2.0" }]
                        [package.dev-dependencies]
                        dev = [{ name = "d" }]
                        [[package]]
                        name = "member"
                        version = "0.1.0"
                        source = { editable = "member" }
                        dependencies = [{ name = "b", marker = "os_name == 'x'" }]
                        [[package]]
                        name = "a"
                        version = "1.0"
                        source = { registry = "https://pypi.org/simple" }
                        dependencies = [{ name = "c", version = "1.0" }]
                        [[package]]
                        name = "b"
                        version = "1.0"
                        [[package]]
                        name = "c"
                        version = "1.0"
                        [[package]]
                        name = "c"
                        version = "2.0"
                        [[package]]
                        name = "d"
                        version = "1.0"
                        """)
                .readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "a@1.0 runtime uv.lock:16 *",
                        "b@1.0 runtime uv.lock:21 *",
                        "c@1.0 runtime uv.lock:24",
                        "c@2.0 optional uv.lock:27 *",
                        "d@1.0 development uv.lock:30 *");
        assertThat(tree.dependencies()).containsExactly("a@1.0 > c@1.0");
        assertThat(tree.skipped()).isEmpty();
    }

    @Test
    void pdmAndPipenvAndPipHaveTheirOwn() throws Exception {
        tree.with("pdm/pdm.lock", """
                [[package]]
                name = "a"
                version = "1.0"
                groups = ["default"]
                dependencies = ["b>=1; os_name == 'x'"]
                [[package]]
                name = "b"
                version = "2.0"
                groups = ["lint"]
                """)
                .with("pipenv/Pipfile", "[packages]\nc = \"*\"\n")
                .with("pipenv/Pipfile.lock", """
                { "_meta": { "hash": {} },
                  "default": { "c": { "version": "==3.0" } },
                  "develop": { "d": { "version": "==4.0" }, "own": { "path": "." } } }
                """)
                .with("pip/pylock.toml", """
                lock-version = "1.0"
                packages = [
                  { name = "e", version = "5.0" },
                  { name = "app", directory = { path = ".", editable = true } },
                ]
                """)
                .readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "a@1.0 runtime pdm/pdm.lock:1",
                        "b@2.0 development pdm/pdm.lock:6",
                        "c@3.0 runtime pipenv/Pipfile.lock:2 *",
                        "d@4.0 development pipenv/Pipfile.lock:3",
                        "e@5.0 runtime pip/pylock.toml:3");
    }

    @Test
    void aProjectWithoutALockfileTellsWhatItAsksFor() throws Exception {
        tree.with("pyproject.toml", """
                [project]
                dependencies = [
                  "a==1.0",
                  "b>=1",
                ]
                [project.optional-dependencies]
                more = ["c==2.0"]
                [dependency-groups]
                dev = ["d==3.0", { include-group = "lint" }]
                [tool.poetry.dependencies]
                e = "4.0"
                f = { version = "^5", optional = true }
                """).readBy(reader);

        assertThat(tree.packages())
                .containsExactly(
                        "a@1.0 runtime pyproject.toml:3 *",
                        "b@ runtime pyproject.toml:4 *",
                        "c@2.0 optional pyproject.toml:7 *",
                        "d@3.0 development pyproject.toml:9 *",
                        "e@4.0 runtime pyproject.toml:11 *",
                        "f@ optional pyproject.toml:12 *");
        assertThat(tree.skipped()).hasSize(2);
    }

    @Test
    void brokenFilesAreFindings() throws Exception {
        tree.with("a/poetry.lock", "[[package]\n")
                .with("b/Pipfile.lock", "{ \"default\": ")
                .with("c/uv.lock", "package = 3\n")
                .with("d/pyproject.toml", "[project]\ndependencies = 3\n[tool.poetry]\ndependencies = [1]\n")
                .with("e/requirements.txt", "=\n\\\n-r\n-r \n==1\n")
                .readBy(reader);

        assertThat(tree.names()).isEmpty();
        assertThat(tree.problems()).hasSizeBetween(4, 5);
    }

    @Test
    void filesThatAllIncludeEachOtherAreFollowedOnlySoFar() throws Exception {
        var all = IntStream.range(0, 300)
                .mapToObj(i -> "-r requirements-" + i + ".txt")
                .collect(Collectors.joining("\n"));
        for (int i = 0; i < 300; i++) {
            tree.with("requirements-" + i + ".txt", all + "\na" + i + "==1.0\n");
        }

        tree.readBy(reader);

        assertThat(tree.names()).hasSize(300);
        assertThat(tree.skipped()).anyMatch(each -> each.contains("more often than is followed"));
    }

    @Test
    void longLinesAndManyIncludesDoNoHarm() throws Exception {
        var all = IntStream.range(0, 1_000)
                .mapToObj(i -> "-r requirements-" + i + ".txt")
                .collect(Collectors.joining("\n"));
        tree.with("requirements.txt", "a" + "-".repeat(1_000_000) + "\n" + "x ".repeat(500_000) + "\n" + all)
                .with("requirements-1.txt", "-r requirements.txt\nb==1.0\n" + all);

        tree.readBy(reader);

        assertThat(tree.names()).containsExactly("b@1.0");
    }
}
