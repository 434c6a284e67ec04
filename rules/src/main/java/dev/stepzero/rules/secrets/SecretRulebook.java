package dev.stepzero.rules.secrets;

import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.rules.Catalog;
import dev.stepzero.rules.secrets.SecretRule.Probe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A set of kinds of credentials. Immutable. */
public final class SecretRulebook {
    private static final String BUILT_IN = "secrets.bin";
    private static final int MAGIC = 0x53305231;

    private final Map<String, SecretRule> rules;

    private SecretRulebook(Map<String, SecretRule> rules) {
        this.rules = rules;
    }

    /** The kinds that Stepzero knows. */
    public static SecretRulebook builtIn() {
        try (var stream = SecretRulebook.class.getResourceAsStream(BUILT_IN)) {
            if (stream == null) {
                throw new IllegalStateException("the build left out " + BUILT_IN);
            }
            return decode(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** These kinds; of two with one id the later counts. */
    public static SecretRulebook of(Iterable<SecretRule> rules) {
        var all = new LinkedHashMap<String, SecretRule>();
        rules.forEach(rule -> all.put(rule.id(), rule));
        return new SecretRulebook(all);
    }

    /** Both; where both have a rule of one id, the other's counts. */
    public SecretRulebook with(SecretRulebook other) {
        var all = new LinkedHashMap<>(rules);
        all.putAll(other.rules);
        return new SecretRulebook(all);
    }

    public List<SecretRule> rules() {
        return List.copyOf(rules.values());
    }

    public Optional<SecretRule> rule(String id) {
        return Optional.ofNullable(rules.get(id));
    }

    /**
     * Reads the files of a directory that are about credentials.
     *
     * @throws UserError if one cannot be read or is wrong, or two have one id
     */
    public static List<SecretRuleFile.Source> read(Path directory) {
        var sources = new LinkedHashMap<String, SecretRuleFile.Source>();
        for (var file : Catalog.files(directory)) {
            try {
                var text = Files.readString(file);
                if (SecretRuleFile.isOne(text)) {
                    var source = SecretRuleFile.read(file.toString(), text);
                    if (sources.put(source.rule().id(), source) != null) {
                        throw UserError.unreadable("another rule has the id '%s'"
                                        .formatted(source.rule().id()))
                                .at(file.toString())
                                .fix("give each rule a name of its own");
                    }
                }
            } catch (IOException e) {
                throw UserError.unreadable("the rule cannot be read: " + e.getMessage())
                        .at(file.toString())
                        .because(e);
            }
        }
        return List.copyOf(sources.values());
    }

    /** The rules in the form that the build packs. */
    public static byte[] encode(List<SecretRule> rules) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeInt(rules.size());
        for (var rule : rules) {
            out.writeUTF(rule.id());
            out.writeUTF(rule.title());
            out.writeUTF(rule.severity().name());
            write(out, rule.aliases());
            write(out, rule.keywords());
            out.writeUTF(rule.form().name());
            out.writeUTF(rule.expression());
            out.writeUTF(rule.back().orElse(""));
            out.writeUTF(rule.path().orElse(""));
            out.writeDouble(rule.entropy());
            out.writeUTF(rule.checksum().map(Enum::name).orElse(""));
            out.writeUTF(rule.companion().orElse(""));
            out.writeUTF(rule.why());
            out.writeUTF(rule.fix());
            out.writeBoolean(rule.probe().isPresent());
            if (rule.probe().isPresent()) {
                write(out, rule.probe().get());
            }
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Probe probe) throws IOException {
        out.writeUTF(probe.method());
        out.writeUTF(probe.url());
        out.writeUTF(probe.header());
        out.writeUTF(probe.body());
        out.writeShort(probe.live());
        out.writeUTF(probe.says());
        write(out, probe.dead().stream().map(String::valueOf).toList());
        write(out, probe.denies());
    }

    private static void write(DataOutputStream out, List<String> texts) throws IOException {
        out.writeShort(texts.size());
        for (var text : texts) {
            out.writeUTF(text);
        }
    }

    static SecretRulebook decode(byte[] bytes) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readInt() != MAGIC) {
            throw new IOException("these are no compiled rules");
        }
        var rules = new ArrayList<SecretRule>();
        for (int left = in.readInt(); left > 0; left--) {
            rules.add(new SecretRule(
                    in.readUTF(),
                    in.readUTF(),
                    Severity.valueOf(in.readUTF()),
                    texts(in),
                    texts(in),
                    SecretRule.Form.valueOf(in.readUTF()),
                    in.readUTF(),
                    optional(in),
                    optional(in),
                    in.readDouble(),
                    optional(in).map(Checksum::valueOf),
                    optional(in),
                    in.readUTF(),
                    in.readUTF(),
                    in.readBoolean() ? Optional.of(probe(in)) : Optional.empty()));
        }
        return of(rules);
    }

    private static Probe probe(DataInputStream in) throws IOException {
        return new Probe(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readShort(),
                in.readUTF(),
                texts(in).stream().map(Integer::valueOf).toList(),
                texts(in));
    }

    private static Optional<String> optional(DataInputStream in) throws IOException {
        var text = in.readUTF();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        var texts = new ArrayList<String>();
        for (int left = in.readShort(); left > 0; left--) {
            texts.add(in.readUTF());
        }
        return texts;
    }
}
