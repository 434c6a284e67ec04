package dev.stepzero.invoicer.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KnownSchemaTest {
    @Test
    void the_version_the_program_expects_is_that_of_its_newest_migration() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            var newest = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("V"))
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf('_'))))
                    .max();

            assertThat(newest).hasValue(Schema.VERSION);
        }
    }
}
