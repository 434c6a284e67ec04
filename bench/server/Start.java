import java.nio.file.Path;
import java.util.Arrays;

/** Starts a server several times, with its AOT cache and its embedded database stopped in between, and tells how long it is to the first page. */
public final class Start {
    private static final int TIMES = 5;
    private static final double MOST_SECONDS = 3.5;

    public static void main(String[] arguments) throws Exception {
        var root = Path.of(System.getenv("STEPZERO_BENCH_ROOT"));
        var home = Path.of(arguments[0]);
        try (var site = Site.open(root, home)) {
            site.describe();
            // Makes the AOT cache, unless it is there.
            var rehearsal = site.start();
            site.awaitFirstPage(rehearsal);
            Site.stop(rehearsal);
        }
        var took = new double[TIMES];
        for (var i = 0; i < TIMES; i++) {
            var load = Site.load();
            var site = Site.open(root, home);
            site.close();
            var began = System.nanoTime();
            var server = site.start();
            site.awaitFirstPage(server);
            took[i] = (System.nanoTime() - began) / 1e9;
            Site.stop(server);
            System.out.printf("start to first page: %.2f s, load of the machine %s%n", took[i], load);
        }
        Arrays.sort(took);
        System.out.printf("median %.2f s, best %.2f s%n", took[TIMES / 2], took[0]);
        if (took[TIMES / 2] > MOST_SECONDS) {
            System.out.println("FAILED: more than " + MOST_SECONDS + " s");
            System.exit(1);
        }
    }
}
