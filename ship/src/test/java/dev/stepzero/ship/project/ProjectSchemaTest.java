package dev.stepzero.ship.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.Golden;
import dev.stepzero.ship.yaml.JsonSchema;
import dev.stepzero.ship.yaml.Shape;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProjectSchemaTest {
    private static final String SCHEMA = JsonSchema.print(ProjectShape.shape(), "stepzero.yaml");

    @Test
    void thePublishedSchemaIsUpToDate() throws IOException {
        Golden.file("../docs/stepzero.schema.json").matches(SCHEMA);
    }

    @Test
    void everyKeyOfTheFileIsInTheSchemaWithItsMeaning() {
        var schema = JsonMapper.builder().build().readTree(SCHEMA);

        requireDescribed(ProjectShape.shape(), schema);
    }

    private static void requireDescribed(Shape shape, JsonNode schema) {
        switch (shape) {
            case Shape.Keys keys -> {
                assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
                assertThat(schema.get("properties").propertyNames())
                        .containsExactlyElementsOf(keys.keys().keySet());
                keys.keys().forEach((name, key) -> {
                    var property = schema.get("properties").get(name);
                    assertThat(property.get("description").asString()).isEqualTo(key.meaning());
                    requireDescribed(key.shape(), property);
                });
            }
            case Shape.Named named -> requireDescribed(named.value(), schema.get("additionalProperties"));
            case Shape.Many many -> requireDescribed(many.item(), schema.get("items"));
            case Shape.Whole whole -> assertThat(schema.get("maximum").asLong()).isEqualTo(whole.most());
            case Shape.Choice choice ->
                assertThat(schema.get("enum")).hasSize(choice.words().size());
            case Shape.Text text -> assertThat(schema.get("type")).isNotNull();
        }
    }
}
