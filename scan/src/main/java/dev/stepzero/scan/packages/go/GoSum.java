package dev.stepzero.scan.packages.go;

import dev.stepzero.scan.packages.go.GoMod.Module;
import dev.stepzero.scan.packages.version.VersionScheme.InvalidVersion;
import dev.stepzero.scan.packages.version.VersionSchemes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/** A {@code go.sum}: the checksums of all that Go has ever downloaded for a module. */
final class GoSum {
    private GoSum() {}

    /**
     * The modules of which Go fetched the code and not only the {@code go.mod}. Of several versions the newest is built,
     * as Go always takes one version of a module, the newest that is asked for.
     */
    static Collection<Module> built(List<String> lines) {
        var newest = new LinkedHashMap<String, Module>();
        for (int i = 0; i < lines.size(); i++) {
            var words = lines.get(i).split(" ", -1);
            if (words.length == 3 && words[1].startsWith("v") && !words[1].endsWith("/go.mod")) {
                newest.merge(words[0], new Module(words[0], words[1], i + 1), GoSum::newer);
            }
        }
        return newest.values();
    }

    private static Module newer(Module one, Module other) {
        try {
            return VersionSchemes.GO.compare(one.version(), other.version()) >= 0 ? one : other;
        } catch (InvalidVersion e) {
            return one;
        }
    }
}
