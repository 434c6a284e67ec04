package dev.stepzero.scan.reach;

import dev.stepzero.scan.reach.ClassFacts.Members;
import dev.stepzero.scan.reach.ClassFacts.Method;
import dev.stepzero.scan.reach.ClassPath.Packages;
import dev.stepzero.scan.reach.Edge.Kind;
import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.DynamicConstantPoolEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reads what the methods of a class do, and what else of it frameworks go by. */
final class MemberReader {
    private static final int DEEPEST = 16;
    private static final int LONGEST_WORD = 100;

    private final ClassPath classPath;
    private final EdgeLimit limit;

    MemberReader(ClassPath classPath, EdgeLimit limit) {
        this.classPath = classPath;
        this.limit = limit;
    }

    Members read(String name, ClassModel model, boolean own) throws IOException {
        var packages = own ? Packages.ALL : Packages.PREFIXES;
        var named = new LinkedHashSet<String>();
        var bound = new LinkedHashSet<String>();
        var words = new HashSet<String>();
        boolean reflective = false;
        for (var entry : model.constantPool()) {
            if (entry instanceof StringEntry string) {
                name(string.stringValue(), packages, named);
                if (own && string.stringValue().length() <= LONGEST_WORD) {
                    words.add(string.stringValue());
                }
            }
            reflective |= own && entry instanceof MemberRefEntry reference && reflects(reference);
        }
        annotated(model, packages, named);
        for (var field : model.fields()) {
            annotated(field, packages, named);
            name(field.fieldType().stringValue(), Packages.NONE, bound);
            signed(field, bound);
        }
        var methods = new ArrayList<Method>();
        for (var method : model.methods()) {
            annotated(method, packages, named);
            if (own) {
                name(method.methodType().stringValue(), Packages.NONE, bound);
                signed(method, bound);
            }
            methods.add(method(method));
        }
        named.remove(name);
        return new Members(
                model.superclass().map(ClassEntry::asInternalName),
                model.interfaces().stream().map(ClassEntry::asInternalName).toList(),
                methods,
                named,
                bound,
                words,
                reflective);
    }

    private static boolean reflects(MemberRefEntry reference) {
        var owner = reference.owner().asInternalName();
        var name = reference.name().stringValue();
        return owner.equals("java/lang/reflect/Method") && name.equals("invoke")
                || owner.equals("java/lang/invoke/MethodHandles$Lookup") && name.startsWith("find")
                || owner.equals("java/lang/invoke/MethodHandles$Lookup") && name.startsWith("unreflect");
    }

    private void name(String text, Packages packages, Set<String> found) {
        Names.in(text, word -> classPath.named(word, packages, found::add));
    }

    private void signed(AttributedElement element, Set<String> bound) {
        element.findAttribute(Attributes.signature())
                .ifPresent(each -> name(each.signature().stringValue(), Packages.NONE, bound));
    }

    private void annotated(AttributedElement element, Packages packages, Set<String> named) {
        Consumer<String> text = each -> name(each, packages, named);
        element.findAttribute(Attributes.runtimeVisibleAnnotations())
                .ifPresent(each -> each.annotations().forEach(annotation -> annotation(annotation, text)));
        element.findAttribute(Attributes.runtimeVisibleParameterAnnotations())
                .ifPresent(each -> each.parameterAnnotations()
                        .forEach(all -> all.forEach(annotation -> annotation(annotation, text))));
        element.findAttribute(Attributes.annotationDefault()).ifPresent(each -> value(each.defaultValue(), text));
    }

    private static void annotation(Annotation annotation, Consumer<String> text) {
        text.accept(annotation.className().stringValue());
        for (AnnotationElement element : annotation.elements()) {
            value(element.value(), text);
        }
    }

    private static void value(AnnotationValue value, Consumer<String> text) {
        switch (value) {
            case AnnotationValue.OfClass type -> text.accept(type.className().stringValue());
            case AnnotationValue.OfString string -> text.accept(string.stringValue());
            case AnnotationValue.OfEnum constant ->
                text.accept(constant.className().stringValue());
            case AnnotationValue.OfArray array -> array.values().forEach(each -> value(each, text));
            case AnnotationValue.OfAnnotation nested -> annotation(nested.annotation(), text);
            default -> {}
        }
    }

    private Method method(MethodModel method) throws IOException {
        var edges = new LinkedHashSet<Edge>();
        var code = method.code();
        if (code.isPresent()) {
            code(code.get(), edges);
        }
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
        if (classPath.has(name) || kind == Kind.DISPATCH && !name.startsWith("[")) {
            edges.add(new Edge(kind, name, member));
        }
    }
}
