package dev.stepzero.guard.keys;

import dev.stepzero.core.UserError;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The list of trusted keys as a file keeps it. */
final class TrustFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
            .build();

    private TrustFile() {}

    /** One key: its times in ISO 8601, null for what did not happen. */
    record Entry(
            String id,
            String from,
            @Nullable String until,
            @Nullable String revoked,
            @Nullable String reason,
            String pem) {

        static Entry of(TrustedKey trusted) {
            return new Entry(
                    trusted.key().id(),
                    trusted.from().toString(),
                    text(trusted.until()),
                    text(trusted.revoked()),
                    trusted.reason(),
                    trusted.key().pem());
        }

        TrustedKey trusted() {
            return new TrustedKey(VerificationKey.ofPem(pem), Instant.parse(from), time(until), time(revoked), reason);
        }

        private static @Nullable String text(@Nullable Instant time) {
            return time == null ? null : time.toString();
        }

        private static @Nullable Instant time(@Nullable String text) {
            return text == null ? null : Instant.parse(text);
        }
    }

    static List<TrustedKey> read(KeyFile file) {
        if (!file.exists()) {
            return List.of();
        }
        try {
            var entries = JSON.readValue(file.readOr(() -> "[]"), new TypeReference<List<Entry>>() {});
            return entries.stream().map(Entry::trusted).toList();
        } catch (JacksonException | java.time.DateTimeException | NullPointerException | UserError e) {
            throw UserError.unreadable("the list of trusted keys is damaged: " + e.getMessage())
                    .at(file.toString())
                    .fix("bring the file back from a backup; without it only the key that signs now is trusted")
                    .because(e);
        }
    }

    static String print(List<TrustedKey> keys) {
        return JSON.writeValueAsString(keys.stream().map(Entry::of).toList()) + "\n";
    }
}
