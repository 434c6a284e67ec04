package dev.stepzero.scan.code.java.program;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodSignature;
import java.lang.classfile.Signature;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.Collectors;

/** A method of the program. */
public final class Method {
    private final OwnClass owner;
    private final MethodModel model;
    private final String name;
    private final String descriptor;

    Method(OwnClass owner, MethodModel model) {
        this.owner = owner;
        this.model = model;
        name = model.methodName().stringValue();
        descriptor = model.methodType().stringValue();
    }

    public OwnClass owner() {
        return owner;
    }

    public MethodModel model() {
        return model;
    }

    public String name() {
        return name;
    }

    public String descriptor() {
        return descriptor;
    }

    public String member() {
        return name + descriptor;
    }

    /** The types of its parameters and result. @throws IllegalArgumentException if there is no sense in them */
    public MethodTypeDesc type() {
        return MethodTypeDesc.ofDescriptor(descriptor);
    }

    /**
     * The type of its result as people write it, without packages: {@code Mono<String>}. The JVM does not look at the
     * attribute that says so; one that makes no sense does not count.
     */
    public String resultType() {
        try {
            return Sound.read(() -> model.findAttribute(Attributes.signature())
                    .map(each ->
                            written(MethodSignature.parseFrom(each.signature().stringValue())
                                    .result()))
                    .orElseGet(() -> type().returnType().displayName()));
        } catch (IOException _) {
            return type().returnType().displayName();
        }
    }

    private static String written(Signature type) {
        return switch (type) {
            case Signature.ClassTypeSig each -> {
                var name = each.className().substring(each.className().lastIndexOf('/') + 1);
                var of = each.typeArgs().stream()
                        .map(one ->
                                one instanceof Signature.TypeArg.Bounded bounded ? written(bounded.boundType()) : "?")
                        .collect(Collectors.joining(", "));
                yield of.isEmpty() ? name : name + "<" + of + ">";
            }
            case Signature.ArrayTypeSig each -> written(each.componentSignature()) + "[]";
            case Signature.TypeVarSig each -> each.identifier();
            case Signature.BaseTypeSig each -> String.valueOf(each.baseType());
        };
    }

    public boolean isStatic() {
        return has(ClassFile.ACC_STATIC);
    }

    public boolean isAbstract() {
        return has(ClassFile.ACC_ABSTRACT) || has(ClassFile.ACC_NATIVE);
    }

    /** Whether the compiler made it, for a generic type or a nested class. */
    public boolean isSynthetic() {
        return has(ClassFile.ACC_SYNTHETIC);
    }

    private boolean has(int flag) {
        return (model.flags().flagsMask() & flag) != 0;
    }

    @Override
    public String toString() {
        return owner.name() + "." + member();
    }
}
