package dev.stepzero.bench;

import dev.stepzero.scan.image.ImageLimits;
import dev.stepzero.scan.image.ImageScanner;
import dev.stepzero.scan.image.ImageSource;
import dev.stepzero.scan.image.Layer;
import dev.stepzero.scan.image.OciImage;
import dev.stepzero.scan.image.Platform;
import dev.stepzero.scan.packages.installed.InstalledPackages;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Compares the time that a scan of an image takes with the time that decompressing its layers takes, both in one process
 * and by turns. {@code generate service|large DIR}, {@code compare DIR
 * ROUNDS}, or {@code pass DIR ROUNDS}, which only asks that the heap is enough.
 */
final class ImageScanSpeed {
    private static final int BUFFER = 64 << 10;
    private static final int LARGE = 2100;

    private ImageScanSpeed() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var directory = Path.of(arguments[arguments.length == 3 && arguments[0].equals("generate") ? 2 : 1]);
        switch (arguments[0] + " " + arguments[1]) {
            case "generate service" -> BenchImage.service(directory);
            case "generate large" -> BenchImage.large(directory, LARGE);
            default -> measure(directory, Integer.parseInt(arguments[2]), arguments[0].equals("compare"));
        }
    }

    private static void measure(Path directory, int rounds, boolean compare) throws IOException, InterruptedException {
        var image = ImageSource.parse("oci:" + directory)
                .open(new ImageSource.Access(Map.of(), Platform.LINUX_AMD64, ImageLimits.defaults()));
        var decompressing = new ArrayList<Double>();
        var scanning = new ArrayList<Double>();
        var threads = ManagementFactory.getThreadMXBean();
        var processor = new ArrayList<Double>();
        long bytes = 0;
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            long busy = threads.getCurrentThreadCpuTime();
            bytes = decompress(directory, image);
            decompressing.add((System.nanoTime() - start) / 1e9);
            long plainly = threads.getCurrentThreadCpuTime() - busy;
            start = System.nanoTime();
            busy = threads.getCurrentThreadCpuTime();
            scan(image);
            scanning.add((System.nanoTime() - start) / 1e9);
            processor.add((double) plainly / (threads.getCurrentThreadCpuTime() - busy));
        }
        double plain = median(decompressing);
        double whole = median(scanning);
        System.out.printf(
                "%.0f MB in %d layers, %.0f MB compressed%n",
                bytes / 1e6, image.layers().size(), image.compressedBytes() / 1e6);
        System.out.printf("decompressing  %6.2f s  %5.0f MB/s%n", plain, bytes / 1e6 / plain);
        System.out.printf("scanning       %6.2f s  %5.0f MB/s%n", whole, bytes / 1e6 / whole);
        System.out.printf("ratio          %6.2f    (limit 0.50)%n", plain / whole);
        System.out.printf("of processor   %6.2f    (the same without what other processes take)%n", median(processor));
        System.out.printf(
                "heap           %6d MB used at most, of %d MB%n",
                peak() >> 20, Runtime.getRuntime().maxMemory() >> 20);
        if (compare && plain / whole < 0.5) {
            throw new IllegalStateException("the scan takes more than twice the time of decompressing");
        }
    }

    private static long decompress(Path directory, OciImage image) throws IOException {
        long bytes = 0;
        var buffer = new byte[BUFFER];
        for (Layer layer : image.layers()) {
            var blob = directory.resolve("blobs/sha256").resolve(layer.digest().hex());
            try (InputStream in =
                    new GZIPInputStream(new BufferedInputStream(Files.newInputStream(blob), BUFFER), BUFFER)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    bytes += read;
                }
            }
        }
        return bytes;
    }

    private static void scan(OciImage image) throws InterruptedException {
        var packages = new InstalledPackages();
        var scan = new ImageScanner().scan(image, packages);
        var inventory = packages.inventory(scan.files());
        System.out.printf(
                "%d findings, %d packages, %d parts unread%n",
                scan.report().findings().size(),
                inventory.components().size(),
                packages.unread(scan.files()).size());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
