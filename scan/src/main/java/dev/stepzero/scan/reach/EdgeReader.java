package dev.stepzero.scan.reach;

import dev.stepzero.scan.reach.ClassFacts.Method;
import dev.stepzero.scan.reach.Edge.Kind;
import java.io.IOException;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.DynamicConstantPoolEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what the code of methods does to others. */
final class EdgeReader {
    private static final int DEEPEST = 16;

    private final ClassPath classPath;
    private final EdgeLimit limit;

    EdgeReader(ClassPath classPath, EdgeLimit limit) {
        this.classPath = classPath;
        this.limit = limit;
    }

    /**
     * Reads a method.
     *
     * @param self the class that it stands in
     */
    Method read(String self, MethodModel method) throws IOException {
        var edges = new LinkedHashSet<Edge>();
        var code = method.code();
        if (code.isPresent()) {
            code(code.get(), edges);
        }
        // For its logger, its assertions and its field updaters a class names itself.
        edges.remove(new Edge(Kind.OPEN, self, ""));
        var kept = new ArrayList<Edge>(edges.size());
        for (var edge : edges) {
            kept.add(limit.one(edge));
        }
        var member = method.methodName().stringValue() + method.methodType().stringValue();
        return new Method(member, method.flags().flagsMask(), List.copyOf(kept));
    }

    private void code(CodeModel code, Set<Edge> edges) {
        for (var element : code) {
            switch (element) {
                case InvokeInstruction call -> call(call, edges);
                case InvokeDynamicInstruction call -> dynamic(call.invokedynamic(), 0, edges);
                case NewObjectInstruction made -> add(Kind.NEW, made.className(), "", edges);
                case FieldInstruction field
                when field.opcode() == Opcode.GETSTATIC || field.opcode() == Opcode.PUTSTATIC ->
                    add(Kind.TOUCH, field.owner(), "", edges);
                case LoadConstantInstruction load -> constant(load.constantEntry(), 0, edges);
                default -> {}
            }
        }
    }

    private void call(InvokeInstruction call, Set<Edge> edges) {
        boolean overridden = call.opcode() == Opcode.INVOKEVIRTUAL || call.opcode() == Opcode.INVOKEINTERFACE;
        add(overridden ? Kind.DISPATCH : Kind.CALL, call.owner(), member(call.method()), edges);
    }

    private static String member(MemberRefEntry reference) {
        return reference.name().stringValue() + reference.type().stringValue();
    }

    private void constant(PoolEntry constant, int depth, Set<Edge> edges) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("constants are nested too deeply");
        }
        switch (constant) {
            case ClassEntry type -> add(Kind.OPEN, type, "", edges);
            case MethodHandleEntry handle -> handle(handle, edges);
            case ConstantDynamicEntry dynamic -> dynamic(dynamic, depth + 1, edges);
            default -> {}
        }
    }

    private void dynamic(DynamicConstantPoolEntry dynamic, int depth, Set<Edge> edges) {
        handle(dynamic.bootstrap().bootstrapMethod(), edges);
        dynamic.bootstrap().arguments().forEach(each -> constant(each, depth, edges));
    }

    /** A method that a lambda is made of, or a reference to one, counts where it is made. */
    private void handle(MethodHandleEntry handle, Set<Edge> edges) {
        var reference = handle.reference();
        switch (DirectMethodHandleDesc.Kind.valueOf(handle.kind())) {
            case STATIC, INTERFACE_STATIC, SPECIAL, INTERFACE_SPECIAL ->
                add(Kind.CALL, reference.owner(), member(reference), edges);
            case VIRTUAL, INTERFACE_VIRTUAL -> add(Kind.DISPATCH, reference.owner(), member(reference), edges);
            case CONSTRUCTOR -> {
                add(Kind.NEW, reference.owner(), "", edges);
                add(Kind.CALL, reference.owner(), member(reference), edges);
            }
            case STATIC_GETTER, STATIC_SETTER -> add(Kind.TOUCH, reference.owner(), "", edges);
            case GETTER, SETTER -> {}
        }
    }

    private void add(Kind kind, ClassEntry owner, String member, Set<Edge> edges) {
        var name = owner.asInternalName();
        // Whatever implements a type of the JDK is called through it; nothing else of the JDK leads back.
        if (classPath.has(name) || (kind == Kind.DISPATCH && !name.startsWith("["))) {
            edges.add(new Edge(kind, name, member));
        }
    }
}
