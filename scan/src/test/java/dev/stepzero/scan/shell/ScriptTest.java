package dev.stepzero.scan.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void commandsAreSplitAtEveryOperatorAndLineEnd() {
        var commands = commands("apt-get update && apt-get install -y 'curl' ; echo \"a && b\" || true\nls & pwd");

        assertThat(commands)
                .extracting(Command::name)
                .containsExactly("apt-get", "apt-get", "echo", "true", "ls", "pwd");
        assertThat(commands.get(1).args()).containsExactly("install", "-y", "curl");
        assertThat(commands.get(2).args()).containsExactly("a && b");
    }

    @Test
    void aPipeTellsWhoReadsFromWhom() {
        var commands = commands("curl -sSL https://example.com | tee /tmp/x | sudo bash -s -- --now");

        assertThat(commands.get(0).pipeTo()).containsExactly("tee", "bash");
        assertThat(commands.get(2).pipedFrom()).containsExactly("curl", "tee");
        assertThat(commands.get(2).sudo()).isTrue();
    }

    @Test
    void aGroupIsPipedAsAWhole() {
        var commands = commands("{ curl a; (wget b); } | while read -r x; do sh \"$x\"; done < /in");

        assertThat(commands).extracting(Command::name).containsExactly("curl", "wget", "read", "sh");
        assertThat(commands.get(1).pipeTo()).containsExactly("read", "sh");
    }

    @Test
    void commandsInBranchesLoopsFunctionsAndCasesAreFound() {
        var commands = commands("""
                install() { apk add "$1"; }
                if [ -f x ]; then a1; elif b1; then c1; else d1; fi
                for f in $(find .); do e1 "$f"; done
                case "$ARCH" in amd64|x86) f1 ;; *) g1; h1 ;; esac
                while ! ready; do sleep 1; done; last # comment
                """);

        assertThat(commands)
                .extracting(Command::name)
                .containsExactly(
                        "apk", "[", "a1", "b1", "c1", "d1", "find", "e1", "f1", "g1", "h1", "ready", "sleep", "last");
    }

    @Test
    void aSubstitutionsCommandsSayInWhoseWordsTheyStand() {
        var commands =
                commands("bash -c \"$(curl -fsSL https://x)\" && V=`wget -qO- y` && sh <(curl z) && echo $((1 << 2))");

        assertThat(commands)
                .extracting(Command::name)
                .containsExactly("bash", "curl", "", "wget", "sh", "curl", "echo");
        assertThat(commands.get(1).inside()).isEqualTo("bash");
        assertThat(commands.get(5).inside()).isEqualTo("sh");
    }

    @Test
    void aScriptInWordsIsReadToo() {
        var commands = commands("bash -o pipefail -c 'curl x | sh' && su - app -c \"npm i $(cat y)\"");

        assertThat(commands).extracting(Command::name).containsExactly("bash", "curl", "sh", "su", "cat", "npm");
        assertThat(commands.get(1).pipefail()).isTrue();
        assertThat(commands.get(1).pipeTo()).containsExactly("sh");
    }

    @Test
    void wrappersAndAssignmentsAreTakenOff() {
        var commands =
                commands("sudo -u app -E A=b /usr/bin/npm ci && env -i X=1 timeout -s 9 5 make all && exec nginx");

        assertThat(commands).extracting(Command::name).containsExactly("npm", "make", "nginx");
        assertThat(commands.get(0).program()).isEqualTo("/usr/bin/npm");
        assertThat(commands.get(0).assignments()).containsExactly(new Command.Assignment("A", "b"));
        assertThat(commands.get(1).args()).containsExactly("all");
    }

    @Test
    void hereDocumentsAreNoCommandsUnlessAShellReadsThem() {
        var commands = commands("cat <<EOF > /x\nrm -rf /\nEOF\nbash -e <<-'END'\n\tcurl a | sh\n\tEND\ndone2 2>&1");

        assertThat(commands).extracting(Command::name).containsExactly("cat", "bash", "curl", "sh", "done2");
        assertThat(commands.get(0).redirects()).containsExactly(new Command.Redirect(">", "/x"));
        assertThat(commands.get(2).inside()).isEqualTo("bash");
    }

    @Test
    void pipefailHoldsFromWhereItIsSet() {
        var commands = commands("a | b; set -euxo pipefail; c | d; set +o pipefail; e | f");

        assertThat(commands)
                .extracting(Command::pipefail)
                .containsExactly(false, false, false, true, true, true, false, false);
    }

    @Test
    void whatIsLeftOpenEndsWithTheText() {
        for (var text : List.of(
                "a \"b",
                "a 'b",
                "a $(b",
                "a `b",
                "(a",
                "if a",
                "a ${b",
                "a <<EOF\nb",
                "a \\",
                "a $((",
                "case x in a) b")) {
            assertThat(commands(text)).as(text).isNotEmpty();
        }
    }

    @Test
    void closingWordsThatNobodyAwaitsAreSkipped() {
        assertThat(commands("done fi } ) ; a ;; esac\nb )"))
                .extracting(Command::name)
                .containsExactly("a", "b");
    }

    @Test
    void aScriptThatIsNestedTooDeeplyIsReadAsFarAsItGoes() {
        var script = Script.of("first; " + "$(".repeat(100_000) + "x", Dialect.POSIX, false);

        assertThat(script.unread()).hasValueSatisfying(why -> assertThat(why).contains("deep"));
        assertThat(script.commands()).extracting(Command::name).contains("first");
    }

    @Test
    void aScriptThatIsTooLongIsReadAsFarAsItGoes() {
        var script = Script.of("a|".repeat(2_000_000), Dialect.POSIX, false);

        assertThat(script.unread()).isPresent();
    }

    @Test
    void inWindowsABackslashIsAPartOfAPath() {
        var commands = Script.of("C:\\tools\\curl.exe -k x; Write-Host 'a'", Dialect.WINDOWS, false)
                .commands();

        assertThat(commands).extracting(Command::name).containsExactly("curl", "Write-Host");
    }

    @Test
    void anArrayOfWordsIsOneCommand() {
        var commands = Script.ofWords(List.of("/bin/sh", "-c", "curl x | sh"), Dialect.POSIX)
                .commands();

        assertThat(commands).extracting(Command::name).containsExactly("sh", "curl", "sh");
    }

    @Test
    void aCommandKnowsWhereItStands() {
        var text = "a &&\n  b c\n";

        var commands = commands(text);

        assertThat(commands.get(1).offset()).isEqualTo(text.indexOf('b'));
        assertThat(commands.get(1).end()).isEqualTo(text.indexOf('c') + 1);
    }

    private static List<Command> commands(String script) {
        return Script.of(script, Dialect.POSIX, false).commands();
    }

    @Test
    void scriptsInScriptsAreNotReadOverAndOverAgain() {
        var text = "echo " + "a".repeat(100_000);
        for (int i = 0; i < 12; i++) {
            text = "sh -c \"$(" + text + ")\"";
        }

        var script = Script.of(text, Dialect.POSIX, false);

        assertThat(script.unread()).hasValueSatisfying(why -> assertThat(why).contains("8 times its length"));
    }
}
