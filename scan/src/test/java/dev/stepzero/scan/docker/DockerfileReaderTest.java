package dev.stepzero.scan.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileReaderTest {
    private final Intake intake = new Intake();

    @TempDir
    Path tree;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dockerfile",
                "Dockerfile.dev",
                "web.Dockerfile",
                "api.dockerfile",
                "Containerfile",
                "Containerfile.prod"
            })
    void aDockerfileIsKnownByItsName(String name) {
        assertThat(DockerfileReader.isDockerfile(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.dockerignore", "dockerfile_test.go", "Dockerfile.md", "MyDockerfile"})
    void whatOnlySoundsLikeADockerfileIsNone(String name) {
        assertThat(DockerfileReader.isDockerfile(name)).isFalse();
    }

    @Test
    void aFileItsStagesAndItsInstructionsAreResourcesWithAddresses() throws Exception {
        var resources =
                read("ARG TAG=1\nFROM golang:$TAG AS Build\nRUN go build\nFROM scratch\nCOPY --from=build /a /b\n");

        assertThat(resources)
                .extracting(Resource::address)
                .containsExactly(
                        "Dockerfile#ARG[TAG]",
                        "Dockerfile#build.FROM[golang:$TAG]",
                        "Dockerfile#build.RUN[go]",
                        "Dockerfile#1.FROM[scratch]",
                        "Dockerfile#1.COPY[/b]",
                        "Dockerfile#build",
                        "Dockerfile#1",
                        "Dockerfile");
        assertThat(stage(resources, "build").get("tag")).isEqualTo(Value.of("1"));
        assertThat(stage(resources, "build").get("used")).isEqualTo(Value.TRUE);
        assertThat(stage(resources, "1").get("scratch")).isEqualTo(Value.TRUE);
        assertThat(stage(resources, "1").get("final")).isEqualTo(Value.TRUE);
    }

    @Test
    void anAddressHoldsWhenAnotherInstructionIsPutInBefore() throws Exception {
        var before = read("FROM a:1\nRUN make\n");
        var after = read("FROM a:1\nRUN ls\nRUN make\n");

        assertThat(after).extracting(Resource::address).contains(before.get(1).address());
    }

    @Test
    void continuedLinesAreOneInstructionAndCommentsBetweenThemAreNone() throws Exception {
        var run = instruction(
                read("FROM a:1\nRUN apt-get update \\\n  # why\n\n  && apt-get install \\\n     curl\nUSER x\n"),
                "RUN");

        assertThat(run.position()).isEqualTo(new Position("Dockerfile", 2, 1, 6));
        var commands = (Value.Sequence) run.attributes().get("commands");
        assertThat(commands.items()).extracting(each -> each.position().line()).containsExactly(2, 5);
    }

    @Test
    void theEscapeDirectiveChangesWhatContinuesALine() throws Exception {
        var resources = read("# escape=`\nFROM mcr.microsoft.com/windows:1\nCOPY a C:\\app\\\nRUN dir `\n  C:\\\n");

        assertThat(texts(instruction(resources, "COPY"), "destination")).containsExactly("C:\\app\\");
        assertThat(instruction(resources, "RUN").position().endLine()).isEqualTo(5);
    }

    @Test
    void aHeredocOfRunIsItsScript() throws Exception {
        var run = instruction(read("FROM a:1\nRUN <<EOF\nset -o pipefail\ncurl x | sh\nEOF\nUSER x\n"), "RUN");

        assertThat(commands(run)).containsExactly("set", "curl", "sh");
        assertThat(run.position().endLine()).isEqualTo(5);
        assertThat(((Value.Sequence) run.attributes().get("commands"))
                        .items()
                        .get(1)
                        .position()
                        .line())
                .isEqualTo(4);
    }

    @Test
    void aHeredocThatAnotherProgramReadsIsNoScript() throws Exception {
        var resources = read(
                "FROM a:1\nRUN <<EOF\n#!/usr/bin/env python3\nimport os\nEOF\nCOPY <<-\"A\" <<B /x/\n\tRUN no\n\tA\nb\nB\n"
                        + "RUN cat <<X > /f && ls\nrm -rf /\nX\n");

        var runs = resources.stream()
                .filter(each -> each.address().contains("RUN"))
                .toList();
        assertThat(runs).hasSize(2);
        assertThat(runs.getFirst().attributes().get("interpreter")).isEqualTo(Value.of("/usr/bin/env python3"));
        assertThat(runs.getFirst().attributes().get("commands")).isEqualTo(Value.ABSENT);
        assertThat(commands(runs.getLast())).containsExactly("cat", "ls");
        assertThat(texts(instruction(resources, "COPY"), "heredocs")).containsExactly("A", "B");
    }

    @Test
    void aStageTakesOverWhatTheStageBelowHasSet() throws Exception {
        var resources = read(
                "FROM a:1 AS base\nUSER app:staff\nENV HOME=/h\nFROM base AS next\nWORKDIR $HOME/x\nFROM next\nUSER 0\n");

        assertThat(stage(resources, "next").get("user")).isEqualTo(Value.of("app"));
        assertThat(stage(resources, "next").get("user_set")).isEqualTo(Value.FALSE);
        assertThat(stage(resources, "next").get("from_stage")).isEqualTo(Value.TRUE);
        assertThat(stage(resources, "next").get("workdir")).isEqualTo(Value.of("/h/x"));
        assertThat(stage(resources, "2").get("user")).isEqualTo(Value.of("0"));
        assertThat(stage(resources, "2").get("group")).isEqualTo(Value.ABSENT);
    }

    @Test
    void aBuildArgumentWithoutDefaultIsUnknownAndSoIsWhatDependsOnIt() throws Exception {
        var resources = read(
                "ARG IMAGE\nARG V\nFROM $IMAGE AS a\nFROM r.example.com:5000/team/app:v$V\nARG UID\nUSER $UID:staff\n");

        assertThat(stage(resources, "a").get("tag")).isInstanceOf(Unknown.class);
        var last = stage(resources, "1");
        assertThat(last.get("registry")).isEqualTo(Value.of("r.example.com:5000"));
        assertThat(last.get("image")).isEqualTo(Value.of("team/app"));
        assertThat(last.get("tag")).isInstanceOfSatisfying(Unknown.class, tag -> {
            assertThat(tag.prefix()).isEqualTo("v");
            assertThat(tag.chain()).isEqualTo("ARG V has no default");
        });
        assertThat(last.get("user")).isInstanceOf(Unknown.class);
        assertThat(last.get("group")).isEqualTo(Value.of("staff"));
    }

    @Test
    void aDefaultBeforeTheStagesHoldsWhereTheArgumentIsDeclared() throws Exception {
        var resources = read("ARG WHO=app\nFROM a:1\nARG WHO\nUSER $WHO\nFROM a:1\nUSER $WHO\n");

        assertThat(stage(resources, "0").get("user")).isEqualTo(Value.of("app"));
        assertThat(stage(resources, "1").get("user")).isInstanceOf(Unknown.class);
    }

    @Test
    void flagsMountsAndOriginsAreRead() throws Exception {
        var resources = read("FROM a:1 AS x\nFROM b:1\n"
                + "RUN --mount=type=secret,id=k,dst=/k --mount=from=x,target=/y --network=none ls\n"
                + "COPY --from=0 --chmod=755 --link a b/\n");

        var run = instruction(resources, "RUN").attributes();
        var mounts = ((Value.Sequence) run.get("mounts"))
                .items().stream().map(Located::value).toList();
        assertThat(((Value.Mapping) mounts.getFirst()).get("target")).isEqualTo(Value.of("/k"));
        assertThat(((Value.Mapping) mounts.getLast()).get("from_kind")).isEqualTo(Value.of("stage"));
        assertThat(((Value.Mapping) run.get("flags")).get("network")).isEqualTo(Value.of("none"));
        assertThat(instruction(resources, "COPY").attributes().get("from_kind")).isEqualTo(Value.of("stage"));
    }

    @Test
    void anInstructionKeptForLaterIsReadButChangesNothingNow() throws Exception {
        var resources = read("FROM a:1\nONBUILD USER root\nONBUILD RUN sudo ls\n");

        assertThat(stage(resources, "0").get("user")).isEqualTo(Value.ABSENT);
        assertThat(instruction(resources, "RUN").attributes().get("onbuild")).isEqualTo(Value.TRUE);
    }

    @Test
    void settingsOfEveryInstructionAreKept() throws Exception {
        var resources = read("""
                FROM a:1
                ENV old style value
                ENV a=1 b="x y"
                LABEL k=v
                EXPOSE 80 90-91/udp
                VOLUME ["/d"]
                STOPSIGNAL SIGINT
                SHELL ["/bin/bash", "-o", "pipefail", "-c"]
                RUN a | b
                HEALTHCHECK --interval=5s CMD curl -f x
                ENTRYPOINT ["/e", "f"]
                CMD g
                """);

        var stage = stage(resources, "0");
        assertThat(((Value.Mapping) stage.get("env")).get("old")).isEqualTo(Value.of("style value"));
        assertThat(((Value.Mapping) stage.get("env")).get("b")).isEqualTo(Value.of("x y"));
        assertThat(((Value.Mapping) stage.get("healthcheck")).get("none")).isEqualTo(Value.FALSE);
        assertThat(((Value.Mapping) stage.get("entrypoint")).get("form")).isEqualTo(Value.of("exec"));
        assertThat(((Value.Mapping) stage.get("cmd")).get("form")).isEqualTo(Value.of("shell"));
        assertThat(((Value.Sequence) stage.get("ports")).items()).hasSize(2);
        assertThat(stage.get("stopsignal")).isEqualTo(Value.of("SIGINT"));
        assertThat(texts(instruction(resources, "RUN"), "shell_options")).containsExactly("pipefail");
    }

    @Test
    void anUnknownInstructionIsAProblemAndTheRestIsRead() throws Exception {
        var resources = read("FROM a:1\nRUNN ls\nUSER app\n");

        assertThat(intake.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("RUNN");
            assertThat(problem.position().line()).isEqualTo(2);
        });
        assertThat(stage(resources, "0").get("user")).isEqualTo(Value.of("app"));
    }

    @Test
    void aTemplateIsLeftOutAndSaidSo() throws Exception {
        Files.writeString(tree.resolve("Dockerfile.j2"), "FROM {{ image }}\n");

        assertThat(new DockerfileReader().read(TreeFiles.of(tree, intake), intake))
                .isEmpty();
        assertThat(intake.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "FROM",
                "FROM \\",
                "FROM a:1\nRUN",
                "FROM a:1\nENV",
                "FROM a:1\nENV x",
                "FROM a:1\nCOPY",
                "FROM a:1\nCOPY [\"a\"",
                "FROM a:1\nUSER",
                "FROM a:1\nEXPOSE /",
                "FROM a:1\nHEALTHCHECK",
                "FROM a:1\nONBUILD",
                "FROM a:1\nSHELL []",
                "FROM a:1\nRUN <<",
                "FROM a:1\nRUN --mount",
                "FROM a:1\nRUN --=x",
                "FROM a:1\nCOPY --from= a b",
                "FROM @",
                "FROM :",
                "FROM /",
                "FROM a:1\nLABEL =",
                "FROM a:1\nARG =",
                "FROM a:1\nRUN []",
                "FROM a:1\nCMD [\"\\u12\"]"
            })
    void whatIsCutOffIsReadAsFarAsItGoes(String text) throws Exception {
        assertThat(read(text)).extracting(Resource::kind).contains("dockerfile");
    }

    @Test
    void aHeredocWithoutEndIsAProblem() throws Exception {
        read("FROM a:1\nRUN <<EOF\nls\n");

        assertThat(intake.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("EOF"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RUN $(",
                "RUN (",
                "RUN {",
                "RUN `",
                "RUN \"",
                "RUN if ",
                "RUN a|",
                "ENV a=$a",
                "ENV a=${a:-",
                "LABEL a=b",
                "EXPOSE 1 ",
                "COPY a b",
                "FROM a AS b\nENV c=d",
                "ONBUILD RUN ls",
                "RUN <<A <<B ",
                "COPY [\"a\",",
                "USER $",
                "HEALTHCHECK CMD ["
            })
    void twoMegabytesOfAnythingAreReadInTheEnd(String piece) throws Exception {
        var oneLine = "FROM a:1\n" + piece.repeat((2 << 20) / piece.length());
        var manyLines = "FROM a:1\n" + (piece + "\n").repeat((2 << 20) / (piece.length() + 1));

        assertThat(read(oneLine)).isNotEmpty();
        assertThat(read(manyLines)).isNotEmpty();
    }

    private List<Resource> read(String text) throws IOException, InterruptedException {
        Files.writeString(tree.resolve("Dockerfile"), text);
        return new DockerfileReader()
                .read(TreeFiles.of(tree, intake), intake)
                .getFirst()
                .resources()
                .all();
    }

    private static Value.Mapping stage(List<Resource> resources, String label) {
        return resources.stream()
                .filter(each -> each.address().equals("Dockerfile#" + label))
                .findFirst()
                .orElseThrow()
                .attributes();
    }

    private static Resource instruction(List<Resource> resources, String name) {
        return resources.stream()
                .filter(each -> each.attributes().get("instruction").equals(Value.of(name)))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> commands(Resource run) {
        return ((Value.Sequence) run.attributes().get("commands"))
                .items().stream()
                        .map(each -> ((Value.Text) ((Value.Mapping) each.value()).get("name")).value())
                        .toList();
    }

    private static List<String> texts(Resource resource, String name) {
        return switch (resource.attributes().get(name)) {
            case Value.Text text -> List.of(text.value());
            case Value.Sequence list ->
                list.items().stream()
                        .map(each -> ((Value.Text) each.value()).value())
                        .toList();
            default -> List.of();
        };
    }

    @Test
    void aLongVariableThatIsFilledInAgainAndAgainIsGivenUp() throws Exception {
        var words = "$X ".repeat(100);
        var text = "FROM a:1\nENV X=" + "x".repeat(60_000) + "\n" + ("COPY " + words + "/a\n").repeat(900);

        var resources = read(text);

        var last = resources.stream()
                .filter(each -> each.kind().equals("dockerfile_instruction"))
                .toList()
                .getLast();
        assertThat(((Value.Sequence) last.attributes().get("sources")).items())
                .first()
                .satisfies(source -> assertThat(((Value.Mapping) source.value()).get("text"))
                        .isInstanceOfSatisfying(
                                Unknown.class,
                                text1 -> assertThat(text1.chain()).contains("fill in more than")));
    }
}
