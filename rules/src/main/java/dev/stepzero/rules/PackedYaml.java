package dev.stepzero.rules;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects, lists and texts as bytes, each behind a byte that tells which it is. Numbers and truths become texts. */
final class PackedYaml {
    private static final int NOTHING = 0;
    private static final int TEXT = 1;
    private static final int LIST = 2;
    private static final int MAP = 3;

    private PackedYaml() {}

    static void write(DataOutputStream out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte(NOTHING);
            case Map<?, ?> map -> {
                out.writeByte(MAP);
                out.writeInt(map.size());
                for (var entry : map.entrySet()) {
                    write(out, String.valueOf(entry.getKey()));
                    write(out, entry.getValue());
                }
            }
            case List<?> list -> {
                out.writeByte(LIST);
                out.writeInt(list.size());
                for (var item : list) {
                    write(out, item);
                }
            }
            default -> {
                var bytes = value.toString().getBytes(StandardCharsets.UTF_8);
                out.writeByte(TEXT);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        }
    }

    static @Nullable Object read(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case NOTHING -> null;
            case TEXT -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            case LIST -> list(in);
            case MAP -> map(in);
            default -> throw new IOException("no kind of value is " + kind);
        };
    }

    private static List<@Nullable Object> list(DataInputStream in) throws IOException {
        var items = new ArrayList<@Nullable Object>();
        for (int left = in.readInt(); left > 0; left--) {
            items.add(read(in));
        }
        return items;
    }

    private static Map<String, @Nullable Object> map(DataInputStream in) throws IOException {
        var entries = new LinkedHashMap<String, @Nullable Object>();
        for (int left = in.readInt(); left > 0; left--) {
            entries.put(String.valueOf(read(in)), read(in));
        }
        return entries;
    }
}
