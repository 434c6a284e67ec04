package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Resources;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.govern.json.JsonWriter;
import dev.stepzero.scan.iac.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code stepzero resources} shows. */
class ResourcesCommandTest {
    private final StringWriter out = new StringWriter();
    private final Terminal terminal = new Terminal(
            new PrintWriter(out, true), new PrintWriter(out, true), false, false, 100, Map.of("LANG", "C.UTF-8"));

    private static Value.Mapping attributes() {
        var attributes = new LinkedHashMap<String, Located>();
        attributes.put("name", Located.nowhere(Value.of("web\u001b[2J")));
        attributes.put("ports", Located.nowhere(Value.listOf(List.of(Value.of(22), Value.of(443)))));
        attributes.put("key", Located.nowhere(Unknown.because("data.z").through("var.x")));
        attributes.put("logging", Located.nowhere(Value.ABSENT));
        return new Value.Mapping(attributes);
    }

    @Test
    void anUnknownValueIsAnObjectWithItsReasons() throws IOException {
        var json = new StringBuilder();

        new ValueJson(new JsonWriter(json).flat()).write(attributes());

        assertThat(json)
                .hasToString("{\"name\": \"web\\u001b[2J\", \"ports\": [22, 443],"
                        + " \"key\": {\"$unknown\": \"var.x <- data.z\"}, \"logging\": null}");
    }

    @Test
    void aValueWithoutEndIsCut() throws IOException {
        Value value = Value.of("core");
        for (var i = 0; i < 100_000; i++) {
            value = new Value.Sequence(List.of(Located.nowhere(value)));
        }
        var json = new StringBuilder();

        new ValueJson(new JsonWriter(json).flat()).write(value);

        assertThat(json).hasSizeLessThan(1_000).contains("nested too deeply");
    }

    @Test
    void theTableShowsAnAttributeALine() throws IOException {
        var resource = new Resource(
                "aws_instance",
                "module.net.aws_instance.web[0]",
                attributes(),
                new Position("net/main.tf", 3, 1, 9),
                Origin.of(Format.TERRAFORM));

        new ResourceTable(terminal).print(List.of(new Configuration("net", new Resources(List.of(resource)))));
        terminal.out().flush();

        assertThat(out).hasToString("""
                module.net.aws_instance.web[0]  aws_instance  net/main.tf:3
                    name = "web\\u001b[2J"
                    ports = [22, 443]
                    key = unknown: var.x <- data.z
                    logging = null

                1 resource
                """);
    }

    @Test
    void anEmptyDirectoryIsAnEmptyList(@TempDir Path directory) {
        var exitCode = Main.run(terminal, "resources", directory.toString(), "--format", "json");

        assertThat(exitCode).isZero();
        assertThat(out).hasToString("[]\n");
    }

    @Test
    void aMissingPathIsAnError(@TempDir Path directory) {
        var exitCode = Main.run(terminal, "resources", directory.resolve("x").toString());

        assertThat(exitCode).isEqualTo(3);
        assertThat(out.toString()).contains("there is no such file or directory", "to mend it: ");
    }
}
