package dev.stepzero.ship.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.core.egress.EgressGuard;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorTest {
    @TempDir
    Path directory;

    private TestForge forge;
    private Mirror mirror;
    private String first;

    @BeforeEach
    void start() throws Exception {
        forge = TestForge.in(directory);
        mirror = forge.mirror();
        first = forge.commit("first");
    }

    @AfterEach
    void close() {
        mirror.close();
        forge.close();
    }

    @Test
    void aRefIsFetchedAsItIsNow() throws Exception {
        assertThat(mirror.fetch(forge.remote(), "refs/heads/main")).contains(first);
        var second = forge.commit("second");
        assertThat(mirror.fetch(forge.remote(), "refs/heads/main")).contains(second);
        forge.point("refs/heads/main", first);

        assertThat(mirror.fetch(forge.remote(), "refs/heads/main"))
                .as("pushed back by force")
                .contains(first);
        assertThat(mirror.fetch(forge.remote(), "refs/heads/none")).isEmpty();
        assertThat(mirror.refs(forge.remote())).containsEntry("refs/heads/main", first);
    }

    @Test
    void aBranchMayBecomeADirectoryOfBranches() throws Exception {
        forge.point("refs/heads/a", first);
        mirror.fetch(forge.remote(), "refs/heads/a");
        forge.delete("refs/heads/a");
        forge.point("refs/heads/a/b", first);

        assertThat(mirror.fetch(forge.remote(), "refs/heads/a/b")).contains(first);
    }

    @Test
    void aBranchOfAForkIsNeverTakenForTheRepositorysOwn() throws Exception {
        try (var fork = TestForge.in(directory.resolve("fork"))) {
            var foreign = fork.commit("foreign");

            mirror.fetch(forge.remote(), "refs/heads/main");
            assertThat(mirror.fetch(fork.remote(), "refs/heads/main")).contains(foreign);

            assertThat(mirror.repository().getRefDatabase().getRefsByPrefix("refs/stepzero/"))
                    .hasSize(2);
        }
    }

    @Test
    void contributionsAndPathsAreThoseOfTheChangeAlone() throws Exception {
        forge.onBranch("topic", first);
        var second = forge.commit("second");
        var third = forge.commit("third");
        forge.onBranch("main", first);
        var meanwhile = forge.commit("meanwhile");
        mirror.fetch(forge.remote(), "refs/heads/main");
        mirror.fetch(forge.remote(), "refs/heads/topic");

        assertThat(mirror.contributions(meanwhile, third))
                .extracting(Mirror.Contribution::commit)
                .containsExactly(third, second);
        assertThat(mirror.contributions(meanwhile, third))
                .allMatch(each -> each.author().equals("ann@example.org"));
        assertThat(mirror.changedPaths(meanwhile, third)).containsExactly("second.txt", "third.txt");
        assertThat(mirror.contains(third, first)).isTrue();
        assertThat(mirror.contains(third, meanwhile)).isFalse();
        assertThat(mirror.contains(third, "f".repeat(40))).isFalse();
    }

    @Test
    void aSquashedMergeIsRecognisedAndWhatCameWithItToo() throws Exception {
        forge.onBranch("topic", first);
        var head = forge.commit("topic");
        forge.onBranch("main", first);
        var base = forge.commit("meanwhile");
        var squashed = forge.commit("topic");
        var more = forge.commit("slipped in");
        mirror.fetch(forge.remote(), "refs/heads/main");
        mirror.fetch(forge.remote(), "refs/heads/topic");

        assertThat(mirror.isMergeOf(squashed, base, head)).isTrue();
        assertThat(mirror.isMergeOf(more, base, head)).isFalse();
        assertThat(mirror.isMergeOf(squashed, base, "f".repeat(40))).isFalse();
    }

    @Test
    void onlyAddressesThatTheGuardAllowsAreFetched() {
        try (var guarded = Mirror.in(directory.resolve("guarded"), EgressGuard.allowing(Set.of()))) {
            for (var address : new String[] {
                "file:///etc",
                directory.resolve("upstream").toUri().toString(),
                "https://127.0.0.1/x.git",
                "https://169.254.169.254/x.git",
                "http://forge.example/x.git",
                "ssh://git@forge.example/x.git"
            }) {
                assertThatThrownBy(() ->
                                guarded.fetch(new Remote(URI.create(address), Optional.empty()), "refs/heads/main"))
                        .as(address)
                        .isInstanceOf(UserError.class);
            }
        }
    }
}
