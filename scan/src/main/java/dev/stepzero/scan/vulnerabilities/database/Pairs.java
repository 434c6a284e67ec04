package dev.stepzero.scan.vulnerabilities.database;

import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Pairs of numbers, sorted by the first as unsigned ones and found by it: in memory while a file is made, in the file
 * from then on.
 */
final class Pairs {
    static final int BYTES = 2 * Long.BYTES;

    private long[] keys = new long[1024];
    private long[] values = new long[1024];
    private int size;

    void add(long key, long value) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        keys[size] = key;
        values[size++] = value;
    }

    int size() {
        return size;
    }

    void write(DataOutputStream out) throws IOException {
        sort();
        for (int i = 0; i < size; i++) {
            out.writeLong(keys[i]);
            out.writeLong(values[i]);
        }
    }

    /** By the first, then by the second; radix passes over two bytes each, so that millions take no objects. */
    private void sort() {
        sortBy(false);
        sortBy(true);
    }

    private void sortBy(boolean key) {
        var otherKeys = new long[size];
        var otherValues = new long[size];
        for (int shift = 0; shift < Long.SIZE; shift += Short.SIZE) {
            var starts = new int[(1 << Short.SIZE) + 1];
            for (int i = 0; i < size; i++) {
                starts[digit(key ? keys[i] : values[i], shift) + 1]++;
            }
            if (starts[digit(size == 0 ? 0 : key ? keys[0] : values[0], shift) + 1] == size) {
                continue;
            }
            for (int i = 1; i < starts.length; i++) {
                starts[i] += starts[i - 1];
            }
            for (int i = 0; i < size; i++) {
                int to = starts[digit(key ? keys[i] : values[i], shift)]++;
                otherKeys[to] = keys[i];
                otherValues[to] = values[i];
            }
            System.arraycopy(otherKeys, 0, keys, 0, size);
            System.arraycopy(otherValues, 0, values, 0, size);
        }
    }

    private static int digit(long number, int shift) {
        return (int) (number >>> shift) & 0xffff;
    }

    /** The index of the first pair in a file's table whose key is not less. */
    static long first(MemorySegment table, long key) {
        long low = 0;
        long high = table.byteSize() / BYTES;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (Long.compareUnsigned(key(table, middle), key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static boolean has(MemorySegment table, long index, long key) {
        return index < table.byteSize() / BYTES && key(table, index) == key;
    }

    static long value(MemorySegment table, long index) {
        return table.get(Segment.LONG, index * BYTES + Long.BYTES);
    }

    private static long key(MemorySegment table, long index) {
        return table.get(Segment.LONG, index * BYTES);
    }
}
