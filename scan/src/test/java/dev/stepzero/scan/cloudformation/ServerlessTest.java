package dev.stepzero.scan.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerlessTest {
    @TempDir
    private Path directory;

    @Test
    void aFunctionIsALambdaFunctionWithARole() throws Exception {
        var stacks = read("""
                F:
                  Type: AWS::Serverless::Function
                  Properties:
                    Tracing: Active
                    Environment: {Variables: {DbName: x}}
                    FunctionUrlConfig: {AuthType: NONE}
                    Policies:
                      - AWSLambdaExecute
                      - Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]
                """);

        assertThat(stacks.at("F").kind()).isEqualTo("aws_lambda_function");
        assertThat(stacks.plain("F"))
                .isEqualTo(Map.of(
                        "tracing_config", Map.of("mode", "Active"),
                        "environment", Map.of("variables", Map.of("DbName", "x"))));
        assertThat(stacks.at("F/Role").kind()).isEqualTo("aws_iam_role");
        assertThat(stacks.plain("F/FunctionUrlConfig"))
                .isEqualTo(Map.of("function_name", "-> F.id", "authorization_type", "NONE"));
        assertThat(stacks.plain("F/Policies[0]"))
                .isEqualTo(Map.of("role", "-> F/Role.id", "policy_arn", "AWSLambdaExecute"));
        assertThat(stacks.at("F/Policies[1]").kind()).isEqualTo("aws_iam_role_policy");
    }

    @Test
    void aFunctionWithARoleOfItsOwnGetsNone() throws Exception {
        var stacks = read(
                "F: {Type: AWS::Serverless::Function, Properties: {Role: !GetAtt G.Arn}}\nG: {Type: AWS::IAM::Role}\n");

        assertThat(stacks.addresses()).containsExactly("F", "G");
        assertThat(stacks.plain("F", "role")).isEqualTo("-> G.arn");
    }

    @Test
    void theRoleThatSamMakesCanBeReferredTo() throws Exception {
        var stacks = read("""
                F: {Type: AWS::Serverless::Function}
                P: {Type: AWS::IAM::RolePolicy, Properties: {RoleName: !Ref FRole}}
                """);

        assertThat(stacks.plain("P", "role")).isEqualTo("-> F/Role.id");
    }

    @Test
    void anApiIsARestApiWithAStage() throws Exception {
        var stacks = read("""
                A:
                  Type: AWS::Serverless::Api
                  Properties:
                    StageName: Prod
                    TracingEnabled: true
                    AccessLogSetting: {DestinationArn: logs}
                    MethodSettings: [{CacheDataEncrypted: true, HttpMethod: "*"}]
                    Domain: {SecurityPolicy: TLS_1_2}
                """);

        assertThat(stacks.all())
                .extracting(each -> each.kind() + " " + each.address())
                .containsExactly(
                        "aws_api_gateway_rest_api A",
                        "aws_api_gateway_stage A/Stage",
                        "aws_api_gateway_domain_name A/Domain",
                        "aws_api_gateway_method_settings A/MethodSettings[0]");
        assertThat(stacks.plain("A/Stage"))
                .isEqualTo(Map.of(
                        "rest_api_id",
                        "-> A.id",
                        "stage_name",
                        "Prod",
                        "xray_tracing_enabled",
                        true,
                        "access_log_settings",
                        Map.of("destination_arn", "logs")));
        assertThat(stacks.plain("A/MethodSettings[0]", "settings")).isEqualTo(Map.of("cache_data_encrypted", true));
    }

    @Test
    void theOtherTypesAreWhatTheyStandFor() throws Exception {
        var stacks = read("""
                H: {Type: AWS::Serverless::HttpApi, Properties: {AccessLogSettings: {Format: json}}}
                T: {Type: AWS::Serverless::SimpleTable, Properties: {SSESpecification: {SSEEnabled: true}}}
                S: {Type: AWS::Serverless::StateMachine, Properties: {Tracing: {Enabled: true}, Role: r, Logging: {Level: ALL}}}
                L: {Type: AWS::Serverless::LayerVersion}
                """);

        assertThat(stacks.plain("H/Stage"))
                .isEqualTo(Map.of("api_id", "-> H.id", "access_log_settings", Map.of("format", "json")));
        assertThat(stacks.plain("T")).isEqualTo(Map.of("server_side_encryption", Map.of("enabled", true)));
        assertThat(stacks.plain("S"))
                .isEqualTo(Map.of(
                        "tracing_configuration", Map.of("enabled", true),
                        "role_arn", "r",
                        "logging_configuration", Map.of("level", "ALL")));
        assertThat(stacks.at("L").kind()).isEqualTo("aws_lambda_layer_version");
    }

    @Test
    void theEventsOfAFunctionAreMethodsRoutesAndRulesThatMayCallIt() throws Exception {
        var stacks = read("""
                F:
                  Type: AWS::Serverless::Function
                  Properties:
                    Role: r
                    Events:
                      Get: {Type: Api, Properties: {Path: /a, Method: get, RestApiId: !Ref A}}
                      Open: {Type: Api, Properties: {Path: /a, Method: post, RestApiId: !Ref A, Auth: {Authorizer: NONE}}}
                      New: {Type: HttpApi, Properties: {Path: /b, Method: put, ApiId: !Ref H}}
                      Night: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
                      Queue: {Type: SQS, Properties: {Queue: q}}
                A:
                  Type: AWS::Serverless::Api
                  Properties: {StageName: live, Auth: {DefaultAuthorizer: Users}}
                H: {Type: AWS::Serverless::HttpApi}
                """);

        assertThat(stacks.plain("F/Events/Get"))
                .isEqualTo(Map.of("rest_api_id", "-> A.id", "http_method", "GET", "authorization", "CUSTOM"));
        assertThat(stacks.at("F/Events/Get").kind()).isEqualTo("aws_api_gateway_method");
        assertThat(stacks.plain("F/Events/Open", "authorization")).isEqualTo("NONE");
        assertThat(stacks.at("F/Events/New").kind()).isEqualTo("aws_apigatewayv2_route");
        assertThat(stacks.plain("F/Events/New", "route_key")).isEqualTo("PUT /b");
        assertThat(stacks.at("F/Events/Night").kind()).isEqualTo("aws_cloudwatch_event_rule");
        assertThat(stacks.plain("F/Events/Night/Targets[0]", "arn")).isEqualTo("-> F.arn");
        assertThat(stacks.plain("F/Events/Night/Permission", "principal")).isEqualTo("events.amazonaws.com");
        assertThat(stacks.plain("F/Events/Night/Permission", "function_name")).isEqualTo("-> F.id");
        assertThat(stacks.addresses()).doesNotContain("ServerlessRestApi", "F/Events/Queue");
    }

    @Test
    void anEventThatNamesNoApiGetsTheOneThatSamMakesWithTheGlobals() throws Exception {
        var stacks = new Stacks(directory).read("""
                Transform: AWS::Serverless-2016-10-31
                Globals:
                  Api: {TracingEnabled: true, Auth: {ApiKeyRequired: true}}
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      Role: r
                      Events:
                        Get: {Type: Api, Properties: {Path: /a, Method: any}}
                        New: {Type: HttpApi}
                """);

        assertThat(stacks.plain("ServerlessRestApi/Stage", "xray_tracing_enabled"))
                .isEqualTo(true);
        assertThat(stacks.plain("F/Events/Get", "api_key_required")).isEqualTo(true);
        assertThat(stacks.plain("F/Events/Get", "rest_api_id")).isEqualTo("-> ServerlessRestApi.id");
        assertThat(stacks.plain("F/Events/New", "route_key")).isEqualTo("$default");
        assertThat(stacks.at("ServerlessHttpApi").kind()).isEqualTo("aws_apigatewayv2_api");
    }

    @Test
    void globalsHoldWhereAResourceDoesNotSayOtherwise() throws Exception {
        var stacks = new Stacks(directory).read("""
                Transform: AWS::Serverless-2016-10-31
                Globals:
                  Function:
                    Tracing: Active
                    Timeout: 3
                    Layers: [a]
                    Environment: {Variables: {X: common, Y: common}}
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      Timeout: 9
                      Layers: [b]
                      Environment: {Variables: {Y: own}}
                  T: {Type: AWS::Serverless::SimpleTable}
                """);

        assertThat(stacks.plain("F"))
                .isEqualTo(Map.of(
                        "tracing_config", Map.of("mode", "Active"),
                        "timeout", 9,
                        "layers", List.of("a", "b"),
                        "environment", Map.of("variables", Map.of("X", "common", "Y", "own"))));
        assertThat(stacks.plain("T")).isEqualTo(Map.of());
    }

    private Stacks read(String resources) throws Exception {
        return new Stacks(directory).read("Transform: AWS::Serverless-2016-10-31\nResources:\n" + resources.indent(2));
    }
}
