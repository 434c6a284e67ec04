package dev.stepzero.store.embedded;

import java.nio.file.Path;

/** Opens the cluster in the directory named first, says so, and closes it when its input ends. */
final class HoldLease {
    private HoldLease() {}

    public static void main(String[] arguments) throws Exception {
        var cluster = PostgresCluster.at(Path.of(arguments[0])).withBinariesIn(Path.of(arguments[1]));
        try (var lease = cluster.open()) {
            System.out.println("open " + lease.server().port());
            System.out.flush();
            while (System.in.read() >= 0) {}
        }
    }
}
