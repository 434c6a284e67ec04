package dev.stepzero.govern.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {
    @Test
    void whatSteersATerminalIsShownByItsName() {
        assertThat(Shown.line("a\u001b[2Jb\u0007\u009b1m\u007f")).isEqualTo("a<U+001B>[2Jb<U+0007><U+009B>1m<U+007F>");
    }

    @Test
    void whatTurnsTheDirectionOfTheTextIsShownByItsName() {
        assertThat(Shown.line("admin\u202e \u2066if")).isEqualTo("admin<U+202E> <U+2066>if");
    }

    @Test
    void whatCannotBeSeenIsShownByItsName() {
        assertThat(Shown.line("pass\u200bword\u00ad\ufeff")).isEqualTo("pass<U+200B>word<U+00AD><U+FEFF>");
    }

    @Test
    void tabsAndLineBreaksAreBlanks() {
        assertThat(Shown.line("\ta\r\nb")).isEqualTo("    a  b");
    }

    @Test
    void otherScriptsAndPicturesAreLeftAlone() {
        assertThat(Shown.line("größe 大きさ מידה 🔑 👩‍💻")).isEqualTo("größe 大きさ מידה 🔑 👩‍💻");
    }

    @Test
    void aLineThatIsTooWideEndsWithAnEllipsis() {
        assertThat(Shown.fitting("0123456789", 10)).isEqualTo("0123456789");
        assertThat(Shown.fitting("0123456789a", 10)).isEqualTo("012345678…");
        assertThat(Shown.fitting("大きさ大きさ", 6)).isEqualTo("大き…");
    }

    @Test
    void textIsWrappedByColumnsNotByCharacters() {
        assertThat(Wrapped.at(6, "大きさ大 ab cd")).containsExactly("大きさ", "大 ab", "cd");
    }

    @Test
    void aWordLongerThanALineIsBroken() {
        assertThat(Wrapped.at(4, "ab abcdefghi")).containsExactly("ab", "abcd", "efgh", "i");
    }
}
