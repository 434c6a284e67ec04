package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.program.Method;
import dev.stepzero.scan.code.java.program.OwnClass.Field;
import dev.stepzero.scan.code.java.program.Program;
import dev.stepzero.scan.code.java.program.Sound;
import java.io.IOException;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fields to which the whole program assigns nothing but constants. */
final class FieldConstants {
    private static final int MOST = 4;

    private final Program program;
    private final Map<String, Set<Object>> assigned = new HashMap<>();
    private final Set<String> other = new HashSet<>();
    private final Set<String> begun = new HashSet<>();

    FieldConstants(Program program) throws InterruptedException {
        this.program = program;
        for (var type : program.classes()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            for (var method : type.methods()) {
                try {
                    Sound.read(() -> {
                        method.model().code().ifPresent(code -> read(method, code));
                        return method;
                    });
                } catch (IOException _) {
                    // Whoever follows the method says so.
                }
            }
        }
    }

    private void read(Method method, Iterable<CodeElement> code) {
        Optional<Object> before = Optional.empty();
        boolean begins = method.name().startsWith("<");
        for (var element : code) {
            if (element instanceof FieldInstruction field
                    && (field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC)) {
                var key = field.owner().asInternalName() + "." + field.name().stringValue();
                if (before.isPresent()) {
                    assigned.computeIfAbsent(key, each -> new HashSet<>()).add(before.get());
                } else {
                    other.add(key);
                }
                if (begins) {
                    begun.add(key);
                }
            }
            if (element instanceof Instruction) {
                before = element instanceof ConstantInstruction constant ? simple(constant) : Optional.empty();
            }
        }
    }

    private static Optional<Object> simple(ConstantInstruction constant) {
        return switch (constant.constantValue()) {
            case Integer number -> Optional.of(number);
            case String text -> Optional.of(text);
            case null, default -> Optional.empty();
        };
    }

    /** What a field can hold; empty where that is not known. */
    Optional<Set<Object>> of(String owner, String name) {
        var key = owner + "." + name;
        var field = program.type(owner).flatMap(type -> type.field(name));
        var all = assigned.getOrDefault(key, Set.of());
        if (field.isEmpty()
                || all.isEmpty()
                || other.contains(key)
                || all.size() >= MOST
                || mayBeInjected(field.get())) {
            return Optional.empty();
        }
        var values = new HashSet<>(all);
        if (!begun.contains(key)) {
            values.add(all.iterator().next() instanceof Integer ? 0 : dev.stepzero.scan.code.java.value.Null.NULL);
        }
        return Optional.of(Set.copyOf(values));
    }

    /** Frameworks set fields that carry annotations. */
    private static boolean mayBeInjected(Field field) {
        return !field.annotations().isEmpty();
    }
}
