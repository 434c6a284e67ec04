package dev.stepzero.ship.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LinesTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void aLineMayComeInPiecesThatSplitACharacter() {
        var bytes = "grün\nrot".getBytes(StandardCharsets.UTF_8);
        var cutter = new Lines(lines::add);

        for (var each : bytes) {
            cutter.take(new byte[] {each});
        }
        cutter.finish();

        assertThat(lines).containsExactly("grün", "rot");
    }

    @Test
    void aLongLineIsCutWithAMark() {
        read(("x".repeat(20_000) + "\nshort\n").getBytes(StandardCharsets.UTF_8));

        assertThat(lines).containsExactly("x".repeat(16 * 1024) + Lines.CUT, "short");
    }

    @Test
    void anUnfinishedSequenceSwallowsNothingButItself() {
        read("\u001B]0;title\n\u001B[31\nafter\n\u001B".getBytes(StandardCharsets.UTF_8));

        assertThat(lines).containsExactly("", "", "after", "");
    }

    @Test
    void textThatTurnsItsDirectionIsStraightened() {
        read("access \u202Egranted\u2069 \u2028here\n".getBytes(StandardCharsets.UTF_8));

        assertThat(lines).containsExactly("access granted here");
    }

    @Property
    void whateverComesNoControlCharacterPasses(@ForAll byte[] bytes) {
        var passed = new ArrayList<String>();
        var cutter = new Lines(passed::add);

        cutter.take(bytes);
        cutter.finish();

        assertThat(passed)
                .allMatch(line -> line.chars()
                        .noneMatch(
                                character -> Character.getType(character) == Character.CONTROL && character != '\t'));
    }

    private void read(byte[] bytes) {
        var cutter = new Lines(lines::add);
        cutter.take(bytes);
        cutter.finish();
    }
}
