package dev.stepzero.scan.packages.installed.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A part of an array. Whatever reaches beyond it is an {@link UnreadableFile}, so that offsets need no other check. */
public final class Bytes {
    private final byte[] array;
    private final int start;
    private final int length;
    private final ByteOrder order;

    private Bytes(byte[] array, int start, int length, ByteOrder order) {
        this.array = array;
        this.start = start;
        this.length = length;
        this.order = order;
    }

    public static Bytes of(byte[] array, ByteOrder order) {
        return new Bytes(array, 0, array.length, order);
    }

    /** Reads so many bytes, or fewer where the stream ends before; at once, without the copies of a list of chunks. */
    public static byte[] read(InputStream in, int size) throws IOException {
        var bytes = new byte[size];
        int length = in.readNBytes(bytes, 0, size);
        return length == size ? bytes : Arrays.copyOf(bytes, length);
    }

    public int length() {
        return length;
    }

    /** The same bytes with their numbers the other way round. */
    public Bytes in(ByteOrder other) {
        return new Bytes(array, start, length, other);
    }

    /** A part, which shares the array. */
    public Bytes part(long from, long size) {
        check(from, size);
        return new Bytes(array, start + (int) from, (int) size, order);
    }

    public int u8(long at) {
        check(at, 1);
        return array[start + (int) at] & 0xff;
    }

    public int u16(long at) {
        int one = u8(at);
        int other = u8(at + 1);
        return order == ByteOrder.BIG_ENDIAN ? one << 8 | other : other << 8 | one;
    }

    public long u32(long at) {
        long one = u16(at);
        long other = u16(at + 2);
        return order == ByteOrder.BIG_ENDIAN ? one << 16 | other : other << 16 | one;
    }

    public long u64(long at) {
        long one = u32(at);
        long other = u32(at + 4);
        return order == ByteOrder.BIG_ENDIAN ? one << 32 | other : other << 32 | one;
    }

    /** The text up to the next zero byte. */
    public String text(long at) {
        check(at, 0);
        int end = indexOfZero(at);
        return new String(array, start + (int) at, end - (int) at, StandardCharsets.UTF_8);
    }

    /** Where the next zero byte is. */
    public int indexOfZero(long at) {
        for (long i = at; i < length; i++) {
            if (u8(i) == 0) {
                return (int) i;
            }
        }
        throw new UnreadableFile("has a text without end");
    }

    /** All of it as text. */
    public String text() {
        return new String(array, start, length, StandardCharsets.UTF_8);
    }

    public byte[] copy() {
        return Arrays.copyOfRange(array, start, start + length);
    }

    /** Copies all of it into another array. */
    public void copyTo(byte[] into, int at) {
        System.arraycopy(array, start, into, at, length);
    }

    /** The array and where this part begins in it, for readers that take an array; not to be written to. */
    public byte[] array() {
        return array;
    }

    /** Where this part begins in {@link #array()}. */
    public int offset() {
        return start;
    }

    private void check(long at, long size) {
        if (at < 0 || size < 0 || at > length - size) {
            throw new UnreadableFile("refers to bytes beyond its end");
        }
    }
}
