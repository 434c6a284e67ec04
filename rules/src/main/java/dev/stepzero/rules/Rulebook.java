package dev.stepzero.rules;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A set of rules, found by the kind of resource that they look at. Immutable. */
public final class Rulebook {
    /** The rules that come with Stepzero, compiled by the build. */
    static final String BUILT_IN = "catalog.bin";

    private static final int MAGIC = 0x57305231;

    private final byte[] bytes;
    private final Map<String, Integer> offsets;
    private final Map<String, List<String>> byKind;

    private Rulebook(byte[] bytes, Map<String, Integer> offsets, Map<String, List<String>> byKind) {
        this.bytes = bytes;
        this.offsets = offsets;
        this.byKind = byKind;
    }

    /** The rules that come with Stepzero. */
    public static Rulebook builtIn() {
        try (var stream = Rulebook.class.getResourceAsStream(BUILT_IN)) {
            if (stream == null) {
                throw new IllegalStateException("the build left out " + BUILT_IN);
            }
            return decode(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** These rules; of two with one id the later counts. */
    public static Rulebook of(Iterable<Rule> rules) {
        try {
            return decode(encode(rules));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both; where both have a rule of one id, the other's counts. */
    public Rulebook with(Rulebook other) {
        var all = new ArrayList<>(rules());
        all.addAll(other.rules());
        return of(all);
    }

    /** The rules that look at a kind, decoded anew by each call. */
    public List<Rule> forKind(String kind) {
        return byKind.getOrDefault(kind, List.of()).stream().map(this::decoded).toList();
    }

    public List<Rule> rules() {
        return offsets.keySet().stream().map(this::decoded).toList();
    }

    public Optional<Rule> rule(String id) {
        return offsets.containsKey(id) ? Optional.of(decoded(id)) : Optional.empty();
    }

    public int size() {
        return offsets.size();
    }

    private Rule decoded(String id) {
        var stream = new ByteArrayInputStream(bytes);
        stream.skip(offsets.getOrDefault(id, 0));
        try {
            return RuleCodec.read(new DataInputStream(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] encode(Iterable<Rule> rules) throws IOException {
        var distinct = new LinkedHashMap<String, Rule>();
        rules.forEach(rule -> distinct.put(rule.id(), rule));
        var bodies = new ByteArrayOutputStream();
        var index = new ByteArrayOutputStream();
        var out = new DataOutputStream(index);
        out.writeInt(MAGIC);
        out.writeInt(distinct.size());
        for (var rule : distinct.values()) {
            out.writeUTF(rule.id());
            out.writeInt(bodies.size());
            var kinds = rule.looks().stream()
                    .flatMap(look -> look.kinds().stream())
                    .distinct()
                    .toList();
            out.writeShort(kinds.size());
            for (var kind : kinds) {
                out.writeUTF(kind);
            }
            RuleCodec.write(rule, new DataOutputStream(bodies));
        }
        bodies.writeTo(index);
        return index.toByteArray();
    }

    private static Rulebook decode(byte[] bytes) throws IOException {
        var source = new ByteArrayInputStream(bytes);
        var in = new DataInputStream(source);
        if (in.readInt() != MAGIC) {
            throw new IOException("these are no compiled rules");
        }
        var offsets = new LinkedHashMap<String, Integer>();
        var byKind = new HashMap<String, List<String>>();
        for (int left = in.readInt(); left > 0; left--) {
            var id = in.readUTF();
            offsets.put(id, in.readInt());
            for (int kinds = in.readShort(); kinds > 0; kinds--) {
                byKind.computeIfAbsent(in.readUTF(), kind -> new ArrayList<>()).add(id);
            }
        }
        int start = bytes.length - source.available();
        offsets.replaceAll((id, offset) -> start + offset);
        return new Rulebook(bytes, offsets, byKind);
    }
}
