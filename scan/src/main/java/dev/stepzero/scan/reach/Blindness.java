package dev.stepzero.scan.reach;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a class may get to classes whose names stand nowhere, so that nobody can follow it. */
final class Blindness {
    /** How far before a call its first argument may stand. */
    private static final int NEARBY = 6;

    private static final Map<String, String> ALWAYS = Map.of(
            "java/io/ObjectInputStream.readObject", "reads serialised objects, of whatever classes they are",
            "java/io/ObjectInputStream.readUnshared", "reads serialised objects, of whatever classes they are",
            "java/net/URLClassLoader.<init>", "makes a class loader of its own",
            "java/net/URLClassLoader.newInstance", "makes a class loader of its own",
            "java/lang/ClassLoader.<init>", "is a class loader of its own",
            "java/lang/invoke/MethodHandles$Lookup.defineClass", "defines classes while it runs",
            "javax/script/ScriptEngine.eval", "runs scripts",
            "java/lang/ModuleLayer.defineModulesWithOneLoader", "loads modules while it runs",
            "javax/naming/Context.lookup", "gets objects by names from a directory");

    private Blindness() {}

    /** A clause such as {@code org.example.Plugins makes a class loader of its own}; empty if all can be followed. */
    static String of(ClassModel model) {
        boolean byName = false;
        for (var entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry reference) {
                var name = reference.name().stringValue();
                var always = ALWAYS.get(reference.owner().asInternalName() + "." + name);
                if (always != null) {
                    return readable(model) + " " + always;
                }
                byName |= loads(reference.owner().asInternalName(), name);
            }
        }
        return byName && loadsVariably(model) ? readable(model) + " loads classes by names that it works out" : "";
    }

    private static String readable(ClassModel model) {
        return Names.readable(model.thisClass().asInternalName());
    }

    private static boolean loads(String owner, String name) {
        return name.equals("loadClass")
                || (owner.equals("java/lang/Class") && name.equals("forName"))
                || (owner.equals("java/lang/invoke/MethodHandles$Lookup") && name.equals("findClass"));
    }

    private static boolean loadsVariably(ClassModel model) {
        for (var method : model.methods()) {
            var code = method.code();
            if (code.isPresent() && loadsVariably(code.get())) {
                return true;
            }
        }
        // A reference to such a method that no call in the code accounts for is one of a method handle.
        return calls(model) == 0;
    }

    private static int calls(ClassModel model) {
        int calls = 0;
        for (var method : model.methods()) {
            calls += (int) method.code().stream()
                    .flatMap(CodeModel::elementStream)
                    .filter(each -> each instanceof InvokeInstruction call
                            && loads(call.owner().asInternalName(), call.name().stringValue()))
                    .count();
        }
        return calls;
    }

    private static boolean loadsVariably(CodeModel code) {
        var before = new ArrayList<Instruction>();
        for (var element : code) {
            if (element instanceof InvokeInstruction call
                    && loads(call.owner().asInternalName(), call.name().stringValue())
                    && !isNamed(before, call)) {
                return true;
            }
            if (element instanceof Instruction instruction) {
                before.add(instruction);
                if (before.size() > NEARBY) {
                    before.removeFirst();
                }
            }
        }
        return false;
    }

    /** Whether the name is a string right before the call, or before the two other arguments of {@code forName}. */
    private static boolean isNamed(List<Instruction> before, InvokeInstruction call) {
        if (before.isEmpty()) {
            return false;
        }
        if (call.type().stringValue().startsWith("(Ljava/lang/String;)")) {
            return isString(before.getLast());
        }
        for (int i = before.size() - 2; i >= 0; i--) {
            if (isString(before.get(i))) {
                return isFlag(before.get(i + 1));
            }
        }
        return false;
    }

    private static boolean isString(Instruction instruction) {
        return instruction instanceof LoadConstantInstruction load && load.constantEntry() instanceof StringEntry;
    }

    private static boolean isFlag(Instruction instruction) {
        return instruction instanceof ConstantInstruction constant
                && (constant.opcode() == Opcode.ICONST_0 || constant.opcode() == Opcode.ICONST_1);
    }
}
