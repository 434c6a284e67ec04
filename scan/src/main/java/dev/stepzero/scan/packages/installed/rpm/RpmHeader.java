package dev.stepzero.scan.packages.installed.rpm;

import dev.stepzero.scan.packages.installed.bytes.Bytes;
import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A package's header as databases store it: two counts, an index of tags, and the data that the index points into, all
 * big-endian (RPM's header format, version 4).
 */
final class RpmHeader {
    private static final int NAME = 1000;
    private static final int VERSION = 1001;
    private static final int RELEASE = 1002;
    private static final int EPOCH = 1003;
    private static final int LICENSE = 1014;
    private static final int ARCHITECTURE = 1022;
    private static final int SOURCE_RPM = 1044;
    private static final int DIRECTORY_INDEXES = 1116;
    private static final int BASE_NAMES = 1117;
    private static final int DIRECTORY_NAMES = 1118;

    private static final int INT32 = 4;
    private static final int STRING = 6;
    private static final int STRING_ARRAY = 8;
    private static final int I18N_STRING = 9;

    private static final int START = 8;
    private static final int ENTRY = 16;
    private static final int MOST_ENTRIES = 64 << 10;
    private static final int MOST_VALUES = 1 << 20;

    private final Bytes data;
    private final Map<Integer, Tag> tags = new HashMap<>();

    private record Tag(int type, long offset, long count) {}

    private RpmHeader(Bytes header) {
        long entries = header.u32(0);
        long length = header.u32(4);
        if (entries > MOST_ENTRIES) {
            throw new UnreadableFile("has a package header of " + entries + " entries");
        }
        data = header.part(START + entries * ENTRY, length);
        for (int i = 0; i < entries; i++) {
            var entry = header.part(START + (long) i * ENTRY, ENTRY);
            tags.putIfAbsent((int) entry.u32(0), new Tag((int) entry.u32(4), entry.u32(8), entry.u32(12)));
        }
    }

    /** Reads a header. */
    static RpmPackage read(Bytes bytes) {
        var header = new RpmHeader(bytes);
        return new RpmPackage(
                header.text(NAME),
                header.number(EPOCH),
                header.text(VERSION),
                header.text(RELEASE),
                header.text(ARCHITECTURE),
                header.text(LICENSE),
                header.text(SOURCE_RPM),
                header.files());
    }

    private String text(int name) {
        var tag = tags.get(name);
        return tag != null && (tag.type == STRING || tag.type == I18N_STRING) ? data.text(tag.offset) : "";
    }

    private String number(int name) {
        var tag = tags.get(name);
        return tag != null && tag.type == INT32 && tag.count > 0 ? String.valueOf(data.u32(tag.offset)) : "";
    }

    private List<String> texts(int name) {
        var tag = tags.get(name);
        var texts = new ArrayList<String>();
        if (tag != null && tag.type == STRING_ARRAY) {
            var rest = data.part(tag.offset, data.length() - tag.offset);
            long at = 0;
            for (int i = 0; i < Math.min(tag.count, MOST_VALUES); i++) {
                int end = rest.indexOfZero(at);
                texts.add(rest.part(at, end - at).text());
                at = end + 1L;
            }
        }
        return texts;
    }

    private List<String> files() {
        var directories = texts(DIRECTORY_NAMES);
        var names = texts(BASE_NAMES);
        var indexes = tags.get(DIRECTORY_INDEXES);
        var files = new ArrayList<String>();
        if (indexes != null && indexes.type == INT32 && indexes.count >= names.size()) {
            for (int i = 0; i < names.size(); i++) {
                long directory = data.u32(indexes.offset + 4L * i);
                if (directory < directories.size()) {
                    files.add(directories.get((int) directory) + names.get(i));
                }
            }
        }
        return files;
    }
}
