package dev.stepzero.scan.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Position;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {
    @TempDir
    private Path directory;

    @Test
    void templatesAreKnownByWhatIsInThem() throws Exception {
        var stacks = new Stacks(directory)
                .with("a.yaml", "Resources:\n  A: {Type: AWS::SNS::Topic}\n")
                .with("b.json", "{\"Resources\": {\"B\": {\"Type\": \"Custom::Thing\"}}}")
                .with("c.template", "{\n\t\"Resources\": {\"C\": {\"Type\": \"AWS::SNS::Topic\"}}}")
                .with("pod.yaml", "kind: Pod\n# AWS::S3::Bucket in Resources\n")
                .with("list.json", "[\"Resources\", \"AWS::S3::Bucket\"]")
                .with("other.yaml", "Resources:\n  D: {Type: Pod}\n")
                .with("notes.txt", "Resources:\n  E: {Type: AWS::SNS::Topic}\n")
                .read();

        assertThat(stacks.configurations())
                .extracting(each -> each.name())
                .containsExactly("a.yaml", "b.json", "c.template");
        assertThat(stacks.addresses()).containsExactly("A", "B", "C");
        assertThat(stacks.problems()).isEmpty();
    }

    @Test
    void aResourceAndItsAttributesKnowTheirLines() throws Exception {
        var stacks = new Stacks(directory).read("""
                Resources:
                  Topic:
                    Type: AWS::SNS::Topic
                    Properties:
                      TopicName: news
                """);

        var topic = stacks.at("Topic");

        assertThat(topic.kind()).isEqualTo("aws_sns_topic");
        assertThat(topic.position()).isEqualTo(new Position("template.yaml", 2, 3, 5));
        assertThat(topic.attributes().entries().get("name").position())
                .isEqualTo(new Position("template.yaml", 5, 7, 5));
        assertThat(topic.origin()).isEqualTo(Origin.of(Format.CLOUDFORMATION));
    }

    @Test
    void aTypeThatNobodyKnowsIsCalledAfterItself() throws Exception {
        var stacks = new Stacks(directory).read("""
                Resources:
                  X: {Type: "AWS::NewService::BigThing", Properties: {KMSKeyId: a, SubnetIDs: [b], EnableIPv6: true}}
                """);

        assertThat(stacks.at("X").kind()).isEqualTo("aws_new_service_big_thing");
        assertThat(stacks.plain("X").toString()).isEqualTo("{kms_key_id=a, subnet_ids=[b], enable_ipv6=true}");
    }

    @Test
    void aBrokenTemplateIsAProblemAndTheOthersAreRead() throws Exception {
        var stacks = new Stacks(directory)
                .with("a.yaml", "Resources:\n  A: {Type: AWS::SNS::Topic\n")
                .with("b.yaml", "Resources:\n  B: {Type: AWS::SNS::Topic}\n  C: 1\n")
                .read();

        assertThat(stacks.addresses()).containsExactly("B");
        assertThat(stacks.problems()).extracting(each -> each.position().file()).containsExactly("a.yaml", "b.yaml");
        assertThat(stacks.messages().getLast()).isEqualTo("the resource C has no Type");
    }

    @Test
    void aKeyThatStandsTwiceIsSaid() throws Exception {
        var stacks = new Stacks(directory).read("""
                Resources:
                  T: {Type: AWS::SNS::Topic}
                  T: {Type: AWS::SQS::Queue}
                """);

        assertThat(stacks.at("T").kind()).isEqualTo("aws_sqs_queue");
        assertThat(stacks.problems().getFirst().position().line()).isEqualTo(3);
    }

    @Test
    void loopsAreUnfolded() throws Exception {
        var stacks = new Stacks(directory).read("""
                Transform: AWS::LanguageExtensions
                Parameters: {Names: {Type: CommaDelimitedList, Default: "Red,Blue"}}
                Resources:
                  Fn::ForEach::Topics:
                    - Name
                    - !Ref Names
                    - Topic${Name}:
                        Type: AWS::SNS::Topic
                        Properties: {TopicName: !Ref Name, DisplayName: "the ${Name} one"}
                """);

        assertThat(stacks.addresses()).containsExactly("TopicRed", "TopicBlue");
        assertThat(stacks.plain("TopicBlue").toString()).isEqualTo("{name=Blue, display_name=the Blue one}");
    }

    @Test
    void aLoopOverSomethingUnknownIsReadOnce() throws Exception {
        var stacks = new Stacks(directory).read("""
                Transform: AWS::LanguageExtensions
                Parameters: {Names: {Type: CommaDelimitedList}}
                Resources:
                  Fn::ForEach::Topics: [Name, !Ref Names, {"Topic${Name}": {Type: "AWS::SNS::Topic"}}]
                """);

        assertThat(stacks.addresses()).containsExactly("Topic*");
    }

    @Test
    void loopsInLoopsEndInAProblem() throws Exception {
        var names = List.of("'" + "a','".repeat(200) + "b'");
        var stacks = new Stacks(directory).read("""
                Transform: AWS::LanguageExtensions
                Resources:
                  Fn::ForEach::A:
                    - A
                    - %1$s
                    - Fn::ForEach::B:
                      - B
                      - %1$s
                      - T${A}${B}: {Type: AWS::SNS::Topic}
                """.formatted(names));

        assertThat(stacks.messages()).anyMatch(message -> message.contains("too many copies"));
    }

    @Test
    void aNestedStackIsReadWithTheParametersThatItGets() throws Exception {
        var stacks = new Stacks(directory)
                .with("main.yaml", """
                        Resources:
                          Data:
                            Type: AWS::CloudFormation::Stack
                            Properties:
                              TemplateURL: ./parts/data.yaml
                              Parameters: {Encrypt: true}
                          Policy:
                            Type: AWS::S3::BucketPolicy
                            Properties: {Bucket: !GetAtt Data.Outputs.Bucket}
                        """)
                .with("parts/data.yaml", """
                        Parameters: {Encrypt: {Type: String, Default: false}}
                        Resources:
                          Files: {Type: AWS::S3::Bucket}
                          Disk: {Type: "AWS::EC2::Volume", Properties: {Encrypted: !Ref Encrypt}}
                        Outputs: {Bucket: {Value: !Ref Files}}
                        """)
                .read();

        assertThat(stacks.configurations()).hasSize(1);
        assertThat(stacks.addresses()).containsExactly("Data", "Data.Files", "Data.Disk", "Policy");
        assertThat(stacks.plain("Data.Disk", "encrypted")).isEqualTo(true);
        assertThat(stacks.plain("Policy", "bucket")).isEqualTo("-> Data.Files.id");
        assertThat(stacks.at("Data.Disk").position().file()).isEqualTo("parts/data.yaml");
        assertThat(stacks.at("Data.Disk").origin().calls())
                .containsExactly(new Origin.Call("Data", new Position("main.yaml", 2, 3, 6)));
    }

    @Test
    void aTemplateElsewhereIsNotLookedFor() throws Exception {
        var stacks = new Stacks(directory).read("""
                Resources:
                  A: {Type: "AWS::CloudFormation::Stack", Properties: {TemplateURL: "https://example.com/template.yaml"}}
                  B: {Type: "AWS::CloudFormation::Stack", Properties: {TemplateURL: "../../../etc/passwd"}}
                """);

        assertThat(stacks.addresses()).containsExactly("A", "B");
        assertThat(stacks.problems()).isEmpty();
    }

    @Test
    void stacksThatContainEachOtherEndInAProblem() throws Exception {
        var template = """
                Resources:
                  Other: {Type: "AWS::CloudFormation::Stack", Properties: {TemplateURL: %s}}
                  Topic%s: {Type: AWS::SNS::Topic}
                """;
        var stacks = new Stacks(directory)
                .with("a.yaml", template.formatted("b.yaml", "A"))
                .with("b.yaml", template.formatted("a.yaml", "B"))
                .with("c.yaml", template.formatted("c.yaml", "C"))
                .read();

        assertThat(stacks.addresses()).contains("TopicA", "Other.TopicB", "TopicC");
        assertThat(stacks.messages()).hasSize(2).allMatch(message -> message.contains("contains itself"));
    }

    @Test
    void namesThatDependOnEachOtherEndInAProblem() throws Exception {
        var stacks = new Stacks(directory).read("""
                Resources:
                  A: {Type: "AWS::S3::Bucket", Properties: {BucketName: !Sub "${B}-a"}}
                  B: {Type: "AWS::S3::Bucket", Properties: {BucketName: !Sub "${A}-b"}}
                """);

        assertThat(stacks.addresses()).containsExactly("A", "B");
        assertThat(stacks.messages()).anyMatch(message -> message.contains("depends on itself"));
    }

    @Test
    void textsThatUnfoldWithoutEndEndInAnUnknown() throws Exception {
        var template = new StringBuilder("Resources:\n");
        for (int i = 0; i < 60; i++) {
            template.append("  B%d: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Sub '${B%d}${B%d}'}}\n"
                    .formatted(i, i + 1, i + 1));
        }
        template.append("  B60: {Type: 'AWS::S3::Bucket', Properties: {BucketName: aaaaaaaaaa}}\n");

        var stacks = new Stacks(directory).read(template.toString());

        assertThat(stacks.addresses()).hasSize(61);
        assertThat(stacks.plain("B0", "bucket").toString()).isEqualTo("? the template unfolds to too much text");
    }

    @Test
    void deepNestingEndsInAProblem() throws Exception {
        var conditions = new StringBuilder("Conditions:\n  C0: !Equals [a, a]\n");
        for (int i = 1; i < 2000; i++) {
            conditions.append("  C%d: !Not [!Condition C%d]\n".formatted(i, i - 1));
        }
        var stacks = new Stacks(directory)
                .with("a.yaml", "Resources:\n  A: {Type: AWS::SNS::Topic, Properties: " + "[".repeat(5000))
                .with("b.yaml", conditions + "Resources:\n  B: {Type: AWS::SNS::Topic, Condition: C1999}\n")
                .read();

        assertThat(stacks.messages().getFirst()).contains("nested deeper");
        assertThat(stacks.addresses()).contains("B");
    }
}
