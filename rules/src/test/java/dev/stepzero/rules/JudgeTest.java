package dev.stepzero.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Severity;
import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Resources;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Judge JUDGE = new Judge(
            Rulebook.of(List.of(new RuleFile().read("aws-thing-open.yaml", """
                    id: aws-thing-open
                    title: Thing is open
                    severity: medium
                    stride: [spoofing]
                    why: Because.
                    resources:
                      - kind: aws_thing
                        applies_if: resource.on != false
                        each: door in resource.doors
                        fails_if: door.open == true
                        at: door.open
                        message: "Door {door.name} is open"
                    raise_if: { condition: resource.outside == true, to: high, because: it stands outside }
                    fix: Close it.
                    examples: {}
                    """).rule())));

    @Test
    void everyBadElementIsAFindingWhereItStands() {
        var judgement = judge(thing(Map.of(
                "doors",
                Value.listOf(List.of(door("a", Value.TRUE, 3), door("b", Value.FALSE, 4), door("c", Value.TRUE, 5))))));

        assertThat(judgement.findings())
                .extracting(finding ->
                        finding.message() + " at " + finding.location().startLine())
                .containsExactly("Door a is open at 3", "Door c is open at 5");
        assertThat(judgement.undecided()).isEmpty();
    }

    @Test
    void anUnknownDecidesNothingAndSaysWhatWould() {
        var judgement = judge(thing(Map.of("doors", Value.listOf(List.of(door("a", Unknown.because("var.open"), 3))))));

        assertThat(judgement.findings()).isEmpty();
        assertThat(judgement.undecided())
                .singleElement()
                .satisfies(each -> assertThat(each.because()).containsExactly("var.open"));
    }

    @Test
    void whatARuleIsNotAboutIsPassedOver() {
        var judgement =
                judge(thing(Map.of("on", Value.FALSE, "doors", Value.listOf(List.of(door("a", Value.TRUE, 3))))));

        assertThat(judgement.findings()).isEmpty();
        assertThat(judgement.undecided()).isEmpty();
    }

    @Test
    void theNeighbourhoodRaisesTheSeverityAndTheFindingSaysWhy() {
        var judgement =
                judge(thing(Map.of("outside", Value.TRUE, "doors", Value.listOf(List.of(door("a", Value.TRUE, 3))))));

        assertThat(judgement.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.HIGH);
            assertThat(finding.message()).contains("high rather than medium, as it stands outside");
        });
    }

    @Test
    void theFingerprintSurvivesMovedLines() {
        var here = judge(thing(Map.of("doors", Value.listOf(List.of(door("a", Value.TRUE, 3))))));
        var there = judge(thing(Map.of("doors", Value.listOf(List.of(door("a", Value.TRUE, 300))))));

        assertThat(here.findings().getFirst().fingerprint())
                .isEqualTo(there.findings().getFirst().fingerprint());
    }

    @Test
    void inADownloadedModuleTheCallerIsPointedAtFirst() {
        var call = new Origin.Call("module.m", new Position("main.tf", 7, 1, 9));
        var origin = new Origin(Format.TERRAFORM, List.of(call), null);
        var position = new Position(".terraform/modules/m/main.tf", 2, 1, 8);
        var attributes = attributes(Map.of("doors", Value.listOf(List.of(door("a", Value.TRUE, 0)))));

        var judgement = judge(new Resource("aws_thing", "module.m.aws_thing.t", attributes, position, origin));

        var finding = judgement.findings().getFirst();
        assertThat(finding.location().file()).contains("main.tf");
        assertThat(finding.location().startLine()).isEqualTo(7);
        assertThat(finding.related())
                .singleElement()
                .satisfies(place -> assertThat(place.file()).contains(".terraform/modules/m/main.tf"));
    }

    private static Judge.Judgement judge(Resource resource) {
        return JUDGE.judge(new Resources(List.of(resource)));
    }

    private static Resource thing(Map<String, Value> values) {
        return new Resource(
                "aws_thing",
                "aws_thing.t",
                attributes(values),
                new Position("main.tf", 1, 1, 9),
                Origin.of(Format.TERRAFORM));
    }

    private static Value door(String name, Value open, int line) {
        var entries = new LinkedHashMap<String, Located>();
        entries.put("name", Located.nowhere(Value.of(name)));
        var position = line == 0 ? Position.NONE : new Position("main.tf", line, 1, line);
        entries.put("open", new Located(open, position));
        return new Value.Mapping(entries);
    }

    private static Value.Mapping attributes(Map<String, Value> values) {
        var entries = new LinkedHashMap<String, Located>();
        values.forEach((name, value) -> entries.put(name, Located.nowhere(value)));
        return new Value.Mapping(entries);
    }
}
