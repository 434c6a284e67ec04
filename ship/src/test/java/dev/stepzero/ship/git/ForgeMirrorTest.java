package dev.stepzero.ship.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.core.egress.EgressGuard;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgeMirrorTest {
    @TempDir
    Path directory;

    private TestForge forge;
    private Mirror mirror;
    private String first;

    @BeforeEach
    void start() throws Exception {
        directory = directory.toRealPath();
        forge = TestForge.in(directory);
        mirror = forge.mirror();
        first = forge.commit("first");
    }

    @AfterEach
    void close() {
        forge.close();
    }

    @Test
    void aRefIsFetchedAsItIsNow() throws Exception {
        assertThat(mirror.fetch("refs/heads/main")).contains(first);
        var second = forge.commit("second");
        assertThat(mirror.fetch("refs/heads/main")).contains(second);
        forge.point("refs/heads/main", first);

        assertThat(mirror.fetch("refs/heads/main")).as("pushed back by force").contains(first);
        assertThat(mirror.fetch("refs/heads/none")).isEmpty();
        assertThat(mirror.refs()).containsEntry("refs/heads/main", first);
    }

    @Test
    void aBranchMayBecomeADirectoryOfBranches() throws Exception {
        forge.point("refs/heads/a", first);
        mirror.fetch("refs/heads/a");
        forge.delete("refs/heads/a");
        forge.point("refs/heads/a/b", first);

        assertThat(mirror.fetch("refs/heads/a/b")).contains(first);
    }

    @Test
    void contributionsAndPathsAreThoseOfTheChangeAlone() throws Exception {
        forge.onBranch("topic", first);
        var second = forge.commit("second");
        var third = forge.commit("third");
        forge.onBranch("main", first);
        var meanwhile = forge.commit("meanwhile");
        mirror.fetch("refs/heads/main");
        mirror.fetch("refs/heads/topic");

        assertThat(mirror.contributions(meanwhile, third))
                .extracting(Mirror.Contribution::commit)
                .containsExactly(third, second);
        assertThat(mirror.contributions(meanwhile, third))
                .allMatch(each -> each.author().equals("ann@example.org"));
        assertThat(mirror.changedPaths(meanwhile, third)).containsExactly("second.txt", "third.txt");
        assertThat(mirror.isMergedInto(first, third)).isTrue();
        assertThat(mirror.isMergedInto(meanwhile, third)).isFalse();
        assertThat(mirror.isMergedInto("f".repeat(40), third)).isFalse();
    }

    @Test
    void aSquashedMergeIsRecognisedAndWhatCameWithItToo() throws Exception {
        forge.onBranch("topic", first);
        var head = forge.commit("topic");
        forge.onBranch("main", first);
        var base = forge.commit("meanwhile");
        var squashed = forge.commit("topic");
        var more = forge.commit("slipped in");
        mirror.fetch("refs/heads/main");
        mirror.fetch("refs/heads/topic");

        assertThat(mirror.isMergeOf(squashed, base, head)).isTrue();
        assertThat(mirror.isMergeOf(more, base, head)).isFalse();
        assertThat(mirror.isMergeOf(squashed, base, "f".repeat(40))).isFalse();
    }

    @Test
    void aBranchOfAForkIsNeverTakenForTheRepositorysOwn() throws Exception {
        try (var fork = TestForge.in(directory.resolve("fork"))) {
            var foreign = fork.commit("foreign");
            var forked = fork.mirrors(directory.resolve("mirrors")).of("shop", fork.address());
            mirror = forge.mirrors(directory.resolve("mirrors")).of("shop", forge.address());

            mirror.fetch(List.of("refs/heads/main"));
            assertThat(forked.fetch("refs/heads/main")).contains(foreign);

            assertThat(mirror.tip("refs/heads/main")).contains(first);
            assertThat(mirror.isMergedInto(foreign, foreign))
                    .as("one copy of both")
                    .isTrue();
        }
    }

    @Test
    void aForkIsARepositoryOfTheSameHost() {
        var guarded = new Mirrors(
                        directory.resolve("guarded"),
                        FetchPolicy.guardedBy(EgressGuard.allowing(Set.of())),
                        GitCredentials.NONE)
                .of("shop", "https://forge.example/o/r.git");

        for (var name : List.of("/evil.example/r", "../r", "eve", "eve/../../r", "eve/r?x", "eve/r#x", "@evil/r", "")) {
            assertThatThrownBy(() -> guarded.fork(name)).as(name).isInstanceOf(UserError.class);
        }
        assertThat(guarded.fork("eve/r")).isNotNull();
    }
}
