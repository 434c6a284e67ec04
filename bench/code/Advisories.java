import dev.stepzero.scan.code.java.flow.Analysis;
import dev.stepzero.scan.code.java.knowledge.Knowledge;
import dev.stepzero.scan.code.java.program.Program;
import java.nio.file.Path;
import java.util.List;

/** Says, for bench/code/advisories, whether published weaknesses are found in the classes that have them. */
final class Advisories {
    private record Known(String archive, String advisory, String rule, String type, boolean mended) {}

    private static final List<Known> ALL = List.of(
            new Known("spring-boot-actuator-logview-0.2.12", "CVE-2021-21234", "java-path-traversal", "FileSystemFileProvider", false),
            new Known("spring-cloud-config-server-2.1.1.RELEASE", "CVE-2019-3799", "java-path-traversal", "GenericResourceRepository", false),
            new Known("spring-cloud-config-server-2.1.2.RELEASE", "CVE-2019-3799", "java-path-traversal", "GenericResourceRepository", true),
            new Known("cxf-rt-transports-http-3.3.4", "CVE-2019-17573", "java-xss", "FormattedServiceListWriter", false),
            new Known("cxf-rt-transports-http-3.3.5", "CVE-2019-17573", "java-xss", "FormattedServiceListWriter", true));

    public static void main(String[] arguments) throws Exception {
        boolean all = true;
        System.out.printf("%-42s %-16s %-8s %s%n", "archive", "advisory", "", "where");
        for (var known : ALL) {
            try (var program = Program.of(List.of(Path.of(arguments[0], known.archive() + ".jar")))) {
                var places = new Analysis(program, Knowledge.with(List.of())).hits().stream()
                        .filter(hit -> hit.rule().equals(known.rule()) && hit.place().type().endsWith("/" + known.type()))
                        .map(hit -> hit.place().method().replaceAll("\\(.*", ""))
                        .distinct()
                        .sorted()
                        .toList();
                System.out.printf("%-42s %-16s %-8s %s%n", known.archive(), known.advisory(),
                        places.isEmpty() ? "nothing" : known.mended() ? "still" : "found", String.join(", ", places));
                all &= known.mended() || !places.isEmpty();
            }
        }
        System.exit(all ? 0 : 1);
    }
}
