package dev.stepzero.scan.code.java.program;

import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.constant.MethodTypeDesc;

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
