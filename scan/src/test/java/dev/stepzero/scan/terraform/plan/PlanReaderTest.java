package dev.stepzero.scan.terraform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.iac.ReadTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanReaderTest {
    private static final Path WRITTEN = Path.of("src/test/resources/dev/stepzero/scan/terraform/plan");

    private static final String PLAN = """
            {
              "format_version": "1.2",
              "terraform_version": "1.11.4",
              "resource_changes": [
                {
                  "address": "aws_s3_bucket.b",
                  "mode": "managed",
                  "type": "aws_s3_bucket",
                  "name": "b",
                  "change": {
                    "actions": ["create"],
                    "before": null,
                    "after": {
                      "bucket": "logs",
                      "acl": null,
                      "logging": [],
                      "tags": {"Owner": ""},
                      "versioning": [{"enabled": true, "mfa_delete": false}]
                    },
                    "after_unknown": {"id": true, "arn": true, "versioning": [{}]}
                  }
                },
                {
                  "address": "module.net[\\"a.b\\"].aws_s3_bucket_public_access_block.b",
                  "mode": "managed",
                  "type": "aws_s3_bucket_public_access_block",
                  "name": "b",
                  "change": {
                    "actions": ["create"],
                    "after": {"block_public_acls": true},
                    "after_unknown": {"bucket": true, "id": true}
                  }
                },
                {
                  "address": "aws_security_group.old",
                  "mode": "managed",
                  "type": "aws_security_group",
                  "name": "old",
                  "change": {"actions": ["delete"], "before": {}, "after": null, "after_unknown": {}}
                },
                {
                  "address": "aws_instance.i",
                  "mode": "managed",
                  "type": "aws_instance",
                  "name": "i",
                  "deposed": "abcd1234",
                  "change": {"actions": ["create"], "after": {}, "after_unknown": {}}
                },
                {
                  "address": "aws_security_group.g",
                  "mode": "managed",
                  "type": "aws_security_group",
                  "name": "g",
                  "change": {
                    "actions": ["delete", "create"],
                    "after": {
                      "ingress": [{"from_port": 22, "cidr_blocks": [null, "10.0.0.0/8"], "description": ""}],
                      "name": null
                    },
                    "after_unknown": {
                      "ingress": [{"cidr_blocks": [true, false]}], "egress": true, "name": true
                    }
                  }
                }
              ],
              "prior_state": {
                "values": {
                  "root_module": {
                    "resources": [
                      {
                        "address": "data.aws_region.here",
                        "mode": "data",
                        "type": "aws_region",
                        "name": "here",
                        "values": {"name": "eu-central-1"}
                      },
                      {
                        "address": "aws_s3_bucket.gone",
                        "mode": "managed",
                        "type": "aws_s3_bucket",
                        "name": "gone",
                        "values": {}
                      }
                    ]
                  }
                }
              },
              "configuration": {
                "provider_config": {
                  "aws": {
                    "name": "aws",
                    "version_constraint": ">= 4.9.0, < 6.0.0",
                    "expressions": {"region": {"constant_value": "eu-central-1"}}
                  }
                },
                "root_module": {
                  "resources": [
                    {
                      "address": "aws_s3_bucket.b",
                      "provider_config_key": "aws",
                      "expressions": {
                        "bucket": {"constant_value": "logs"},
                        "tags": {"constant_value": {"Owner": ""}},
                        "versioning": [{"enabled": {"constant_value": true}}]
                      }
                    },
                    {
                      "address": "aws_security_group.g",
                      "provider_config_key": "aws",
                      "expressions": {
                        "ingress": {"references": ["aws_vpc.v.cidr_block", "aws_vpc.v"]},
                        "name": {"references": ["var.name"]}
                      }
                    }
                  ],
                  "module_calls": {
                    "net": {
                      "source": "./net",
                      "expressions": {"bucket": {"references": ["aws_s3_bucket.b.id", "aws_s3_bucket.b"]}},
                      "module": {
                        "resources": [
                          {
                            "address": "aws_s3_bucket_public_access_block.b",
                            "expressions": {
                              "bucket": {"references": ["var.bucket"]},
                              "block_public_acls": {"constant_value": true}
                            }
                          }
                        ]
                      }
                    }
                  }
                }
              }
            }
            """;

    @TempDir
    private Path tree;

    private ReadTree read(String name, String text) throws InterruptedException {
        return new ReadTree(tree).with(name, text).readBy(new PlanReader());
    }

    private ReadTree written(String name) throws IOException, InterruptedException {
        return read(name, Files.readString(WRITTEN.resolve(name)));
    }

    @Test
    void whatWillBeThereIsRead() throws Exception {
        var plan = read("plan.json", PLAN);

        assertThat(plan.addresses())
                .containsExactly(
                        "aws_s3_bucket aws_s3_bucket.b",
                        "aws_s3_bucket_public_access_block module.net[\"a.b\"].aws_s3_bucket_public_access_block.b",
                        "aws_security_group aws_security_group.g",
                        "data.aws_region data.aws_region.here",
                        "provider.aws provider.aws");
        assertThat(plan.problems()).isEmpty();
    }

    @Test
    void attributesHaveTheShapeOfTheSource() throws Exception {
        var bucket = read("plan.json", PLAN).only("aws_s3_bucket");

        assertThat(bucket.attributes().get("bucket")).isEqualTo(Value.of("logs"));
        assertThat(bucket.attributes().get("acl")).isEqualTo(Value.ABSENT);
        assertThat(bucket.attributes().get("logging")).isEqualTo(Value.ABSENT);
        assertThat(bucket.attributes().get("arn")).isEqualTo(Value.ABSENT);
        assertThat(ReadTree.plain(bucket.attributes().get("tags"))).hasToString("{Owner=}");
        assertThat(ReadTree.plain(bucket.attributes().get("versioning")))
                .hasToString("[{enabled=true, mfa_delete=false}]");
    }

    @Test
    void whatIsUnknownUntilApplyRefersToWhereItComesFrom() throws Exception {
        var plan = read("plan.json", PLAN);

        var block = plan.only("aws_s3_bucket_public_access_block");
        var bucket = (Unknown) block.attributes().get("bucket");
        assertThat(bucket.references()).containsExactly(new Reference("aws_s3_bucket.b", "id"));
        assertThat(bucket.notNull()).isTrue();
        assertThat(bucket.chain()).isEqualTo("aws_s3_bucket.b.id is known after apply");
    }

    @Test
    void aListKeepsItsKnownElements() throws Exception {
        var group = read("plan.json", PLAN).only("aws_security_group");

        assertThat(ReadTree.plain(group.attributes().get("ingress")))
                .hasToString("[{from_port=22, cidr_blocks=[<aws_vpc.v.cidr_block is known after apply>, 10.0.0.0/8], "
                        + "description=}]");
        assertThat(group.attributes().get("egress")).isEqualTo(Value.ABSENT);
        assertThat(group.attributes().get("name")).isInstanceOf(Unknown.class);
    }

    @Test
    void aResourceHasItsPlaceItsModulesAndItsProvidersVersion() throws Exception {
        var plan = read("a/plan.json", PLAN);

        var bucket = plan.only("aws_s3_bucket");
        assertThat(bucket.position().file()).isEqualTo("a/plan.json");
        assertThat(bucket.position().line()).isEqualTo(5);
        assertThat(bucket.position().endLine()).isEqualTo(22);
        assertThat(bucket.attributes().entry("acl").orElseThrow().position().line())
                .isEqualTo(15);
        assertThat(bucket.origin().format()).isEqualTo(Format.TERRAFORM_PLAN);
        assertThat(bucket.origin().providerVersion()).contains("4.9.0");
        assertThat(plan.only("aws_s3_bucket_public_access_block").origin().calls())
                .extracting(call -> call.address())
                .containsExactly("module.net[\"a.b\"]");
    }

    @Test
    void aPlanThatTerraformWroteIsRead() throws Exception {
        var plan = written("written-by-terraform-plan.json");

        assertThat(plan.addresses())
                .containsExactly(
                        "terraform_data terraform_data.a",
                        "terraform_data terraform_data.b[\"j.z\"]",
                        "terraform_data terraform_data.b[\"k\"]",
                        "terraform_data terraform_data.c",
                        "terraform_data module.m[0].terraform_data.in",
                        "terraform_data module.m[1].terraform_data.in");
        var last = plan.all().getLast().attributes();
        assertThat(ReadTree.plain(last.get("input")))
                .hasToString("{y=lit, x=<terraform_data.a.id is known after apply>}");
        var through = (Unknown) plan.all().get(3).attributes().get("input");
        assertThat(through.references()).containsExactly(new Reference("module.m[0].terraform_data.in", "id"));
    }

    @Test
    void theStateShownAndTheStateStoredAreTheSame() throws Exception {
        var shown = written("written-by-terraform-state.json").all();
        var stored = new ReadTree(Files.createDirectory(tree.resolve("stored")))
                .with("terraform.tfstate", Files.readString(WRITTEN.resolve("written-by-terraform.tfstate")))
                .readBy(new PlanReader())
                .all();

        assertThat(shown).extracting(Resource::address).hasSize(6);
        assertThat(stored)
                .extracting(Resource::address)
                .containsExactlyInAnyOrderElementsOf(
                        shown.stream().map(Resource::address).toList());
        assertThat(shown.getFirst().origin().format()).isEqualTo(Format.TERRAFORM_STATE);
        assertThat(stored.getFirst().attributes().get("id"))
                .isEqualTo(shown.getFirst().attributes().get("id"));
    }

    @Test
    void aStoredStateLeavesOutWhatIsDeposedAndNamesInstances() throws Exception {
        var state = read("x.tfstate", """
                {"version": 4, "terraform_version": "1.5.0", "resources": [
                  {"module": "module.m", "mode": "managed", "type": "aws_db_instance", "name": "d",
                   "instances": [
                     {"index_key": "k", "attributes": {"storage_encrypted": false, "kms_key_id": "", "x": [{"y": ""}]}},
                     {"index_key": "k", "deposed": "01", "attributes": {}}]},
                  {"mode": "data", "type": "aws_ami", "name": "a", "instances": [{"index_key": 0, "attributes": {}}]}
                ]}
                """);

        assertThat(state.addresses())
                .containsExactly("aws_db_instance module.m.aws_db_instance.d[\"k\"]", "data.aws_ami data.aws_ami.a[0]");
        assertThat(ReadTree.plain(state.only("aws_db_instance").attributes()))
                .hasToString("{storage_encrypted=false, kms_key_id=<absent>, x=[{y=<absent>}]}");
        assertThat(state.only("aws_db_instance").position().line()).isEqualTo(4);
    }

    @Test
    void aPlanWithNothingButItsValuesIsRead() throws Exception {
        var plan = read("tf.json", """
                {"format_version": "1.0", "terraform_version": "1.1.0", "planned_values": {"root_module": {
                  "resources": [{"address": "aws_sqs_queue.q", "mode": "managed", "type": "aws_sqs_queue", "name": "q",
                                 "values": {"name": "q"}}]}}}
                """);

        assertThat(plan.addresses()).containsExactly("aws_sqs_queue aws_sqs_queue.q");
    }

    @Test
    void otherJsonIsLeftAlone() throws Exception {
        var tree1 = new ReadTree(tree)
                .with("package.json", "{\"name\": \"x\", \"version\": \"1.0.0\"}")
                .with("broken.json", "{\"name\": ")
                .with("version.json", "{\"terraform_version\": \"1.11.4\", \"provider_selections\": {}}")
                .with("schemas.json", "{\"format_version\": \"1.0\", \"provider_schemas\": {\"terraform_version\": 1}}")
                .with("list.json", "[1, 2]")
                .with("empty.json", "")
                .readBy(new PlanReader());

        assertThat(tree1.configurations()).isEmpty();
        assertThat(tree1.problems()).isEmpty();
    }

    @Test
    void aBrokenPlanIsAProblemAtItsLineAndTheNextIsRead() throws Exception {
        var read = new ReadTree(tree)
                .with("a.json", PLAN.substring(0, 900))
                .with("b.json", "{\"format_version\": \"1.0\", \"resource_changes\": 5, \"planned_values\": [[]]}")
                .with("c.json", "{\"format_version\":\"1\",\"planned_values\":" + "[".repeat(100_000))
                .with("d.json", PLAN)
                .readBy(new PlanReader());

        assertThat(read.problems()).hasSize(2);
        assertThat(read.problems().getFirst()).startsWith("a.json:33 the Terraform plan or state is no JSON");
        assertThat(read.all()).hasSize(5);
    }

    @Test
    void aStateOfAnOldVersionIsNamedAmongWhatIsLeftOut() throws Exception {
        var read = read("terraform.tfstate", "{\"version\": 3, \"terraform_version\": \"0.11.0\", \"modules\": []}");

        assertThat(read.configurations()).isEmpty();
        assertThat(read.reasons()).containsOnlyKeys("terraform.tfstate");
    }
}
