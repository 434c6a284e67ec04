package dev.stepzero.scan.kubernetes;

import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;

/** The folder convention of a Helm chart. */
final class HelmChart {
    private HelmChart() {}

    /** Whether a file lies in the {@code templates} folder of a chart. */
    static boolean hasTemplate(TreeFile file, TreeFiles files) {
        var path = file.path();
        var folder = "templates/";
        for (int at = path.indexOf(folder); at >= 0; at = path.indexOf(folder, at + 1)) {
            boolean whole = at == 0 || path.charAt(at - 1) == '/';
            if (whole && files.at(path.substring(0, at) + "Chart.yaml").isPresent()) {
                return true;
            }
        }
        return false;
    }
}
