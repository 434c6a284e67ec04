package dev.stepzero.bench;

import dev.stepzero.core.resource.Resources;
import dev.stepzero.rules.Judge;
import dev.stepzero.rules.Rulebook;
import dev.stepzero.scan.iac.Configuration;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import dev.stepzero.scan.terraform.TerraformReader;
import dev.stepzero.scan.terraform.hcl.HclParser;
import dev.stepzero.scan.terraform.hcl.ParsedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One project of bench/scan/generate: parsed, evaluated, and judged by the built-in rules. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TerraformBenchmark {
    private List<String> texts = List.of();
    private long bytes;
    private TreeFiles files;
    private List<Resources> configured = List.of();
    private Judge judge;
    private long evaluations;

    /** What one call worked through, so that JMH prints it by the second. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        public double megabytes;
        public long resources;
        public long evaluations;
    }

    public TerraformBenchmark() {
        var root = Path.of(System.getProperty("project"));
        files = TreeFiles.of(root, new Intake());
        judge = new Judge(Rulebook.builtIn());
    }

    /** Reads the project once, so that each part has what the one before it makes. */
    @Setup
    public void read() throws IOException, InterruptedException {
        var found = new ArrayList<String>();
        for (TreeFile file : files.all()) {
            found.add(Files.readString(file.location()));
            bytes += file.size();
        }
        texts = List.copyOf(found);
        configured = evaluate().stream().map(Configuration::resources).toList();
        var rulebook = Rulebook.builtIn();
        for (var resources : configured) {
            for (var resource : resources.all()) {
                evaluations += rulebook.forKind(resource.kind()).size();
            }
        }
    }

    /** HCL to its tree, from memory. */
    @Benchmark
    public List<ParsedFile> parser(Work work) {
        var parsed = new ArrayList<ParsedFile>();
        for (var text : texts) {
            parsed.add(HclParser.parse("main.tf", text));
        }
        work.megabytes += bytes / 1e6;
        return parsed;
    }

    /** From files to resources, parsing included. */
    @Benchmark
    public List<Configuration> evaluator(Work work) throws InterruptedException {
        var found = evaluate();
        for (var each : found) {
            work.resources += each.resources().all().size();
        }
        return found;
    }

    /** Each rule that is about a resource's kind, once for each such resource. */
    @Benchmark
    public List<Judge.Judgement> rules(Work work) {
        var judged = new ArrayList<Judge.Judgement>();
        for (var resources : configured) {
            judged.add(judge.judge(resources));
        }
        work.evaluations += evaluations;
        return judged;
    }

    private List<Configuration> evaluate() throws InterruptedException {
        return new TerraformReader(List.of(), Map.of()).read(files, new Intake());
    }
}
