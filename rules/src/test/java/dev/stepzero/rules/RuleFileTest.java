package dev.stepzero.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleFileTest {
    private static final String RULE = """
            id: aws-thing-open
            title: Thing is open
            severity: high
            stride: [spoofing]
            cwe: [284]
            why: Because.
            resources:
              - kind: [aws_thing, aws_other_thing]
                applies_if: resource.on != false
                each: door in resource.doors
                fails_if: door.open == true
                at: door.open
                message: "Door {door.name} is open"
            raise_if:
              condition: resource.outside
              to: critical
              because: it stands outside
            fix: Close it.
            controls: [soc2:CC6.1]
            aliases: [AWS-1]
            examples:
              terraform: { bad: [a], good: [b, c] }
            """;

    @Test
    void everyPartOfARuleIsRead() {
        var source = new RuleFile().read("catalog/aws-thing-open.yaml", RULE);

        var rule = source.rule();
        assertThat(rule.severity()).isEqualTo(Severity.HIGH);
        assertThat(rule.looks()).singleElement().satisfies(look -> {
            assertThat(look.kinds()).containsExactly("aws_thing", "aws_other_thing");
            assertThat(look.variables()).containsExactly("door");
            assertThat(look.at()).isEqualTo("door.open");
        });
        assertThat(rule.adjustments())
                .singleElement()
                .satisfies(each -> assertThat(each.severity()).isEqualTo(Severity.CRITICAL));
        assertThat(source.examples().get("terraform").good()).containsExactly("b", "c");
    }

    @Test
    void aCompiledRuleIsTheRule() {
        var rule = new RuleFile().read("aws-thing-open.yaml", RULE).rule();

        var book = Rulebook.of(List.of(rule));

        assertThat(book.forKind("aws_other_thing")).containsExactly(rule);
        assertThat(book.forKind("aws_unheard_of")).isEmpty();
        assertThat(book.rule("aws-thing-open")).contains(rule);
    }

    @Test
    void withoutAPlaceTheFirstAttributeThatTheConditionReadsIsPointedAt() {
        var text = RULE.replace("    at: door.open\n", "");

        var look =
                new RuleFile().read("aws-thing-open.yaml", text).rule().looks().getFirst();

        assertThat(look.at()).isEqualTo("door.open");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        severity: high        | severity: urgent          | 'urgent' is no severity
        stride: [spoofing]    | stride: [thieving]        | 'thieving' is no threat
        door.open == true     | window.open == true       | is no condition
        door.open == true     | internet(                 | is no condition
        door.open == true     | door.x.matches("(")       | is no regular expression
        door.open == true     | door.x.matches("((a{9}){9}){99}") | repeats its groups
        id: aws-thing-open    | id: aws-other             | is not the file's name
        cwe: [284]            | cve: [284]                | 'cve' is not known here
        cwe: [284]            | cwe: [3;11]               | '3;11' is no number of a CWE
        terraform: {          | terraform: null #          | the examples of 'terraform' are an object
        fix: Close it.        | ``                        | 'fix' is missing
        door in               | door of                   | 'each' is written as
        {door.name}           | {door.name                | is not closed
        """)
    void whatIsWrongInARuleIsSaid(String right, String wrong, String said) {
        var text = RULE.replace(right, wrong);

        assertThatThrownBy(() -> new RuleFile().read("aws-thing-open.yaml", text))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.what()).contains(said);
                    assertThat(error.where()).contains("aws-thing-open.yaml");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"deep", "escape", "alias"})
    void aFileThatWouldBreakItsReaderIsRefused(String what) {
        var text = switch (what) {
            case "deep" -> "[".repeat(100_000);
            case "escape" -> "id: \"\\UFFFFFFFF\"";
            default -> "cwe: &self [[*self]]";
        };

        assertThatThrownBy(() -> new RuleFile().read("aws-thing-open.yaml", text))
                .isInstanceOf(UserError.class);
    }

    @Test
    void anIdOfAnyLengthIsLookedThrough() {
        var id = "a-".repeat(100_000);

        assertThatThrownBy(() -> new RuleFile().read(id + ".yaml", RULE.replace("aws-thing-open", id)))
                .isInstanceOf(UserError.class);
    }
}
