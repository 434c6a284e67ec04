package dev.stepzero.ship.yaml;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A checked value with the place that it came from. */
public sealed interface YamlValue {

    /** {@code file:line}. */
    String place();

    /** A scalar, as it was written. */
    record Scalar(String text, String place) implements YamlValue {
        public long whole() {
            return Long.parseLong(text);
        }

        /** Reads a time that {@link Shape#duration()} let through. */
        public Duration duration() {
            var number = Long.parseLong(text.substring(0, text.length() - 1));
            return switch (text.charAt(text.length() - 1)) {
                case 's' -> Duration.ofSeconds(number);
                case 'm' -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        }
    }

    /** A sequence. */
    record Sequence(List<YamlValue> items, String place) implements YamlValue {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A mapping, in the order of the file. */
    record Mapping(Map<String, YamlValue> entries, String place) implements YamlValue {

        public Optional<String> text(String key) {
            return scalar(key).map(Scalar::text);
        }

        public Optional<Long> whole(String key) {
            return scalar(key).map(Scalar::whole);
        }

        public Optional<Duration> duration(String key) {
            return scalar(key).map(Scalar::duration);
        }

        public Optional<Scalar> scalar(String key) {
            return Optional.ofNullable(entries.get(key)).map(Scalar.class::cast);
        }

        public Optional<Mapping> mapping(String key) {
            return Optional.ofNullable(entries.get(key)).map(Mapping.class::cast);
        }

        /** The items of a sequence; empty when the key is absent. */
        public List<YamlValue> items(String key) {
            return entries.get(key) instanceof Sequence sequence ? sequence.items() : List.of();
        }

        /** The items of a sequence of texts, if the key is there. */
        public Optional<List<String>> texts(String key) {
            return Optional.ofNullable(entries.get(key))
                    .map(Sequence.class::cast)
                    .map(sequence -> sequence.items().stream()
                            .map(item -> ((Scalar) item).text())
                            .toList());
        }
    }
}
