package dev.stepzero.ship.phoenix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnersTest {
    private static final String FILE = """
            # who answers for what
            *                @everybody
            *.md             @writers
            /services/       @services   # all of them
            services/shop/** @shop ann@example.org
            /docs            @writers
            """;

    @Test
    void theLastRuleThatCoversTheDirectoryDecides() {
        assertThat(Owners.of(FILE, "")).containsExactly("@everybody");
        assertThat(Owners.of(FILE, "services/mail")).containsExactly("@services");
        assertThat(Owners.of(FILE, "services/shop")).containsExactly("@shop", "ann@example.org");
        assertThat(Owners.of(FILE, "docs")).containsExactly("@writers");
        assertThat(Owners.of(FILE, "documents")).containsExactly("@everybody");
    }

    @Test
    void aRuleWithoutOwnersTakesThemAway() {
        assertThat(Owners.of("* @everybody\n/services/\n", "services/mail")).isEmpty();
        assertThat(Owners.of("", "services")).isEqualTo(List.of());
        assertThat(Owners.of("\n \n#\n[section]\n", "services")).isEmpty();
    }
}
