package dev.stepzero.scan.packages.installed.rpm;

import dev.stepzero.scan.packages.installed.bytes.Bytes;
import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * RPM's database of installed packages, told from its first bytes: SQLite, NDB of SUSE, or the hash of Berkeley DB that
 * RPM had before. A journal that lies beside it is not applied.
 */
public final class RpmDatabase {
    private RpmDatabase() {}

    /**
     * Gives every package in the order of the file; trust keys, which are stored like packages, are left out.
     *
     * @throws UnreadableFile if it is none of the three, or damaged
     */
    public static void read(byte[] content, Consumer<RpmPackage> packages) {
        var bytes = Bytes.of(content, ByteOrder.LITTLE_ENDIAN);
        Consumer<Bytes> headers = blob -> {
            var each = RpmHeader.read(blob.in(ByteOrder.BIG_ENDIAN));
            if (!each.name().isEmpty() && !each.name().equals("gpg-pubkey")) {
                packages.accept(each);
            }
        };
        if (bytes.length() == 0) {
            return;
        }
        if (SqliteTable.isDatabase(bytes)) {
            new SqliteTable(bytes.in(ByteOrder.BIG_ENDIAN)).blobs("Packages", headers);
        } else if (NdbPackages.isDatabase(bytes)) {
            NdbPackages.blobs(bytes, headers);
        } else {
            BerkeleyHash.values(bytes, headers);
        }
    }
}
