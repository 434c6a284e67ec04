package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Resources;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The edges between resources. A resource refers to another by reference ({@code aws_s3_bucket.b.id}), by one of the
 * attributes that identify it, such as its name, or by its address written as text, as a template has it that lacks a Ref.
 */
public final class Neighbours {
    /** What is only said for people refers to nothing, so that an unknown tag leaves no question open. */
    private static final Set<String> LABELS = Set.of("tag", "tags", "tags_all", "labels", "description");

    private static final List<String> IDENTITIES = List.of(
            "bucket",
            "repository_name",
            "name",
            "id",
            "arn",
            "identifier",
            "function_name",
            "cluster_identifier",
            "key_id",
            "domain_name");

    private final Resources resources;
    private final IdentityHashMap<Value.Mapping, Resource> owners = new IdentityHashMap<>();
    private final Map<String, Mentions> mentions = new ConcurrentHashMap<>();
    private final Map<String, Namesakes> namesakes = new ConcurrentHashMap<>();

    public Neighbours(Resources resources) {
        this.resources = resources;
        for (var each : resources.all()) {
            owners.put(each.attributes(), each);
        }
    }

    /** The resource of which these are the attributes. */
    Optional<Resource> owner(Value attributes) {
        return attributes instanceof Value.Mapping map ? Optional.ofNullable(owners.get(map)) : Optional.empty();
    }

    List<Resource> ofKind(String kind) {
        return resources.ofKind(kind);
    }

    /** Those of a kind that refer to the target; unknown where one may, and none is known to. */
    Value attached(Resource target, List<String> kinds) {
        var found = new LinkedHashMap<String, Resource>();
        var possible = new ArrayList<Value>();
        for (var kind : kinds) {
            var index = mentions.computeIfAbsent(kind, each -> new Mentions(each, resources));
            index.addThoseTo(target, namesakes(target.kind()), found);
            if (found.isEmpty()) {
                index.perhapsTo(target.kind(), namesakes(target.kind())).ifPresent(possible::add);
            }
        }
        return found.isEmpty() && !possible.isEmpty()
                ? Answers.unknown(possible.toArray(Value[]::new))
                : listOf(found.values());
    }

    /** Those of a kind that a value, or any attribute in it, refers to. */
    Value referred(Value from, List<String> kinds) {
        var said = Mentioned.in(from, resources);
        var found = new ArrayList<Resource>();
        for (var kind : kinds) {
            for (var each : resources.ofKind(kind)) {
                if (said.mentions(each, namesakes(kind))) {
                    found.add(each);
                }
            }
        }
        return found.isEmpty()
                        && from instanceof Unknown unknown
                        && unknown.references().isEmpty()
                ? Answers.unknown(unknown)
                : listOf(found);
    }

    private Namesakes namesakes(String kind) {
        return namesakes.computeIfAbsent(kind, each -> new Namesakes(each, resources));
    }

    static Value listOf(Iterable<Resource> resources) {
        var items = new ArrayList<Value>();
        resources.forEach(each -> items.add(each.attributes()));
        return Value.listOf(items);
    }

    static String withoutIndex(String address) {
        return address.endsWith("]") ? address.substring(0, address.lastIndexOf('[')) : address;
    }

    static List<Value.Text> identities(Resource resource) {
        var found = new ArrayList<Value.Text>();
        for (var name : IDENTITIES) {
            if (resource.attributes().get(name) instanceof Value.Text text
                    && !text.value().isEmpty()) {
                found.add(text);
            }
        }
        return found;
    }

    /** Whether a text may well be something else than this name. */
    private static boolean tooShort(Value.Text name) {
        return name.value().length() <= 2;
    }

    /**
     * Resources of one kind that are called the same. They are told apart by what a text was read from: it says so, or it is
     * the very object that stands in one of them.
     */
    static final class Namesakes {
        /** Beyond that telling them apart costs too much. */
        private static final int MOST = 64;

        private final Map<String, Bearers> names = new HashMap<>();
        private final String kind;
        private final Resources resources;

        /** How many resources have a name, and the texts in which they have it. */
        private static final class Bearers {
            private final IdentityHashMap<Value.Text, Boolean> texts = new IdentityHashMap<>(2);
            private int count;
        }

        Namesakes(String kind, Resources resources) {
            this.kind = kind;
            this.resources = resources;
            for (var resource : resources.ofKind(kind)) {
                for (var text : identities(resource)) {
                    var bearers = names.computeIfAbsent(text.value(), each -> new Bearers());
                    bearers.texts.put(text, true);
                    bearers.count++;
                }
            }
        }

        boolean ambiguous(Value.Text name) {
            var same = names.get(name.value());
            return same != null && same.count > 1 && same.count <= MOST;
        }

        /** Whether a text was taken from another resource of the kind. */
        @SuppressWarnings("ReferenceEquality")
        boolean takenFromAnother(Value.Text name, Value.Text said) {
            if (said == name) {
                return false;
            }
            for (var source : resources.sources(said)) {
                if (resources
                        .at(source.address())
                        .filter(each -> each.kind().equals(kind))
                        .isPresent()) {
                    return true;
                }
            }
            var same = names.get(name.value());
            return same != null && same.texts.containsKey(said);
        }
    }

    /** What a value mentions: references, and texts that may be names. */
    record Mentioned(
            Set<String> addresses, Map<String, List<Value.Text>> texts, List<Unknown> open, Resources resources) {
        static Mentioned in(Value value, Resources resources) {
            var mentioned = new Mentioned(new LinkedHashSet<>(), new HashMap<>(), new ArrayList<>(), resources);
            mentioned.collect(value);
            return mentioned;
        }

        boolean mentions(Resource resource, Namesakes namesakes) {
            if (addresses.contains(resource.address()) || addresses.contains(withoutIndex(resource.address()))) {
                return true;
            }
            if (texts.containsKey(resource.address())) {
                return true;
            }
            for (var identity : identities(resource)) {
                if (names(identity, namesakes)) {
                    return true;
                }
            }
            return false;
        }

        @SuppressWarnings("ReferenceEquality")
        private boolean names(Value.Text identity, Namesakes namesakes) {
            for (var text : texts.getOrDefault(identity.value(), List.of())) {
                if (text == identity || (!tooShort(identity) && !namesakes.takenFromAnother(identity, text))) {
                    return true;
                }
            }
            return false;
        }

        private void collect(Value value) {
            switch (value) {
                case Value.Text text -> {
                    texts.computeIfAbsent(text.value(), each -> new ArrayList<>(1))
                            .add(text);
                    resources.sources(text).forEach(each -> addresses.add(each.address()));
                }
                case Unknown unknown -> collectUnknown(unknown);
                case Value.Sequence list -> list.items().forEach(item -> collect(item.value()));
                case Value.Mapping map ->
                    map.entries().forEach((name, item) -> {
                        if (!LABELS.contains(name)) {
                            collect(item.value());
                        }
                    });
                case Value.Absent absent -> {}
                case Value.Bool bool -> {}
                case Value.Numeric number -> {}
            }
        }

        private void collectUnknown(Unknown unknown) {
            for (Reference reference : unknown.references()) {
                addresses.add(reference.address());
            }
            unknown.oneOf().forEach(this::collect);
            unknown.encoded().ifPresent(this::collect);
            if (unknown.references().isEmpty()) {
                open.add(unknown);
            }
        }
    }

    /** What the resources of one kind mention, indexed by what they mention. */
    private static final class Mentions {
        private final Map<String, List<Resource>> byAddress = new HashMap<>();
        private final Map<String, List<Resource>> byText = new HashMap<>();
        private final List<Mentioned> open = new ArrayList<>();
        private final Map<String, Optional<Unknown>> perhaps = new ConcurrentHashMap<>();
        private final Resources resources;

        Mentions(String kind, Resources resources) {
            this.resources = resources;
            for (var resource : resources.ofKind(kind)) {
                var said = Mentioned.in(resource.attributes(), resources);
                said.addresses().forEach(address -> add(byAddress, address, resource));
                said.texts().keySet().forEach(text -> add(byText, text, resource));
                if (!said.open().isEmpty()) {
                    open.add(said);
                }
            }
        }

        private static void add(Map<String, List<Resource>> index, String key, Resource resource) {
            index.computeIfAbsent(key, each -> new ArrayList<>(1)).add(resource);
        }

        void addThoseTo(Resource target, Namesakes namesakes, Map<String, Resource> found) {
            add(byAddress.get(target.address()), target, found);
            add(byAddress.get(withoutIndex(target.address())), target, found);
            add(byText.get(target.address()), target, found);
            for (var identity : identities(target)) {
                var some = byText.get(identity.value());
                add(
                        tooShort(identity) || namesakes.ambiguous(identity) ? meant(identity, namesakes, some) : some,
                        target,
                        found);
            }
        }

        private @Nullable List<Resource> meant(
                Value.Text identity, Namesakes namesakes, @Nullable List<Resource> some) {
            return some == null
                    ? null
                    : some.stream()
                            .filter(each ->
                                    Mentioned.in(each.attributes(), resources).names(identity, namesakes))
                            .toList();
        }

        private static void add(@Nullable List<Resource> some, Resource target, Map<String, Resource> found) {
            if (some != null) {
                for (var each : some) {
                    if (!each.address().equals(target.address())) {
                        found.put(each.address(), each);
                    }
                }
            }
        }

        /** Why one may refer to a resource of a kind: something in it cannot be told, and it names no other of them. */
        Optional<Unknown> perhapsTo(String kind, Namesakes namesakes) {
            return perhaps.computeIfAbsent(kind, each -> {
                for (var said : open) {
                    if (resources.ofKind(kind).stream().noneMatch(target -> said.mentions(target, namesakes))) {
                        return Optional.of(said.open().getFirst());
                    }
                }
                return Optional.empty();
            });
        }
    }
}
