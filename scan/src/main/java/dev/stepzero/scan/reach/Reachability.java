package dev.stepzero.scan.reach;

import dev.stepzero.core.Reach;
import dev.stepzero.scan.classes.Archive;
import dev.stepzero.scan.reach.Program.Question;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers whether a program gets to vulnerable code, for all questions in one walk over its classes. Where an advisory
 * names methods, calls are followed; else any way to any class of the library counts. Whatever cannot be read or followed
 * makes the answer unknown instead of unreachable.
 */
public final class Reachability {
    private final Limits limits;

    public Reachability() {
        this(Limits.USUAL);
    }

    Reachability(Limits limits) {
        this.limits = limits;
    }

    /** The answers, one for each question. */
    public Map<Question, Reach> answers(Program program, Collection<Question> questions) throws InterruptedException {
        var answers = new LinkedHashMap<Question, Reach>();
        if (program.own().isEmpty()) {
            var reach =
                    Reach.unknown(program.gaps().stream().findFirst().orElse("the program's classes are not at hand"));
            questions.forEach(question -> answers.put(question, reach));
            return answers;
        }
        boolean withMembers =
                questions.stream().anyMatch(each -> !each.symbols().isEmpty());
        try (var classPath = ClassPath.open(program, limits)) {
            var reader = new ClassReader(classPath, withMembers, new EdgeLimit(limits.calls()));
            var classes = new ClassWalk(classPath, reader);
            classes.run();
            Optional<MethodWalk> methods =
                    withMembers ? Optional.of(new MethodWalk(classPath, classes.facts())) : Optional.empty();
            if (methods.isPresent()) {
                methods.get().run();
            }
            for (var question : questions) {
                answers.put(question, answer(question, classPath, classes, methods));
            }
        }
        return answers;
    }

    private static Reach answer(
            Question question, ClassPath classPath, ClassWalk classes, Optional<MethodWalk> methods) {
        var archive = archive(question.library(), classPath);
        if (archive.isEmpty()) {
            return Reach.unknown(classPath.gaps().stream().findFirst().orElse("its classes are not at hand"));
        }
        var link = classes.to(archive.get());
        var doubt = question.gaps().stream().findFirst().or(() -> doubt(classPath, classes));
        if (link.isEmpty()) {
            return doubt.or(() -> Optional.of(classPath.useWithoutClasses(archive.get()))
                            .filter(why -> !why.isEmpty()))
                    .map(Reach::unknown)
                    .orElseGet(() -> Reach.unreachable("nothing that the program uses names a class of it"));
        }
        var symbols = symbols(question, classPath);
        if (symbols.isEmpty() || methods.isEmpty()) {
            return Reach.reachable(link.get().path());
        }
        return called(question, symbols, methods.get(), classes, doubt)
                .orElseGet(() -> Reach.reachable(link.get().path()));
    }

    /** What the calls say; empty where they say nothing, because this version has no such method. */
    private static Optional<Reach> called(
            Question question, List<Symbol> symbols, MethodWalk methods, ClassWalk classes, Optional<String> doubt) {
        var call = methods.to(symbols);
        if (call.isPresent()) {
            return Optional.of(Reach.reachable(call.get().path()));
        }
        var used =
                symbols.stream().filter(each -> classes.isReached(each.type())).toList();
        if (!used.stream().allMatch(methods::declares)) {
            return Optional.empty();
        }
        var open = doubt.or(() -> used.stream()
                .map(methods::mayBeReflected)
                .filter(why -> !why.isEmpty())
                .findFirst());
        var named = question.symbols().stream().limit(3).toList();
        return Optional.of(open.map(Reach::unknown)
                .orElseGet(() -> Reach.unreachable("nothing that the program calls leads to %s%s"
                        .formatted(
                                String.join(", ", named),
                                question.symbols().size() > named.size() ? " and others" : ""))));
    }

    /** The methods that an advisory names; empty where one of them is not understood. */
    private static List<Symbol> symbols(Question question, ClassPath classPath) {
        var symbols = new ArrayList<Symbol>();
        for (var text : question.symbols()) {
            var symbol = Symbol.of(text, classPath);
            if (symbol.isEmpty()) {
                return List.of();
            }
            symbols.add(symbol.get());
        }
        return symbols;
    }

    private static Optional<Archive> archive(Path library, ClassPath classPath) {
        return classPath.archives().stream()
                .filter(each -> each.path().equals(library))
                .findFirst();
    }

    private static Optional<String> doubt(ClassPath classPath, ClassWalk classes) {
        return classPath.gaps().stream()
                .findFirst()
                .or(() -> Optional.of(classes.blind()).filter(why -> !why.isEmpty()));
    }
}
