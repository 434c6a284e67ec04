package dev.stepzero.scan.code.java;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.code.java.flow.Analysis;
import dev.stepzero.scan.code.java.knowledge.CodeRule;
import dev.stepzero.scan.code.java.knowledge.Knowledge;
import dev.stepzero.scan.code.java.program.Program;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Tries rules on their own examples: each bad one must be found, no good one may be. All are compiled together. */
public final class CodeExamples {
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

    private final Knowledge knowledge;

    public CodeExamples(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    private record Example(CodeRule rule, String text, boolean bad, String label) {}

    /** What is wrong with each rule's examples; the list is empty where all come out as they should. */
    public Map<CodeRule, List<String>> failures(Collection<CodeRule> rules) throws InterruptedException {
        var examples = new ArrayList<Example>();
        var failures = new LinkedHashMap<CodeRule, List<String>>();
        for (var rule : rules) {
            var wrong = new ArrayList<String>();
            if (rule.bad().isEmpty() || rule.good().isEmpty()) {
                wrong.add("it needs a bad and a good example");
            }
            failures.put(rule, wrong);
            number(rule, rule.bad(), true, examples);
            number(rule, rule.good(), false, examples);
        }
        try {
            var directory = Files.createTempDirectory("stepzero-examples");
            try {
                compile(examples, directory);
                judge(examples, directory, failures);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw UserError.engine("the examples cannot be written: " + e.getMessage())
                    .because(e);
        }
        return failures;
    }

    private static void number(CodeRule rule, List<String> texts, boolean bad, List<Example> examples) {
        for (int i = 0; i < texts.size(); i++) {
            examples.add(new Example(rule, texts.get(i), bad, "%s example %d".formatted(bad ? "bad" : "good", i + 1)));
        }
    }

    private void compile(List<Example> examples, Path target) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw UserError.engine("the examples are Java, and this Java has no compiler")
                    .fix("run it with a JDK");
        }
        var units = new LinkedHashMap<URI, JavaFileObject>();
        // Of two stubs of one type the later counts, as of two rules: who adds to a library may tell more of it.
        knowledge.stubs().stream().map(CodeExamples::unit).forEach(unit -> units.put(unit.toUri(), unit));
        for (int i = 0; i < examples.size(); i++) {
            var unit =
                    unit("package example%d;%n%s".formatted(i, examples.get(i).text()));
            units.put(unit.toUri(), unit);
        }
        var messages = new StringWriter();
        var options = List.of("-d", target.toString(), "-cp", target.toString(), "-proc:none", "-nowarn", "-g");
        if (!compiler.getTask(messages, null, null, options, null, units.values())
                .call()) {
            throw UserError.unreadable("the examples do not compile: " + messages)
                    .fix("where a library is missing, a framework file's 'stubs' may hold what they need of it");
        }
    }

    private static JavaFileObject unit(String source) {
        var within = PACKAGE.matcher(source);
        var type = TYPE.matcher(source);
        if (!within.find() || !type.find()) {
            throw UserError.unreadable("a stub needs a package and a type: " + source);
        }
        var uri = URI.create("string:///" + within.group(1).replace('.', '/') + "/" + type.group(1) + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private void judge(List<Example> examples, Path directory, Map<CodeRule, List<String>> failures)
            throws InterruptedException {
        var found = new HashSet<String>();
        try (var program = Program.of(List.of(directory))) {
            for (var hit : new Analysis(program, knowledge).hits()) {
                found.add(hit.rule() + " " + hit.place().type().replaceFirst("/.*", ""));
            }
            program.skipped().forEach(each -> found.add("skipped " + each.path()));
        }
        for (int i = 0; i < examples.size(); i++) {
            var example = examples.get(i);
            boolean isFound =
                    found.contains("%s example%d".formatted(example.rule().id(), i));
            if (isFound != example.bad()) {
                failures.computeIfAbsent(example.rule(), each -> new ArrayList<>())
                        .add(example.label() + (isFound ? " is found" : " is not found"));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
