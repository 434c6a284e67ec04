package dev.stepzero.scan.code.java.program;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A class of the program. */
public final class OwnClass {
    private final String name;
    private final String parent;
    private final List<String> above = new ArrayList<>();
    private final Map<String, Method> methods = new LinkedHashMap<>();
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Set<String> annotations;
    private final Map<String, List<String>> elements;
    private final String source;
    private final Set<String> references = new HashSet<>();

    /**
     * A field.
     *
     * @param constant what the class file gives it
     */
    public record Field(String name, int flags, Optional<Object> constant, Set<String> annotations) {
        public boolean isStatic() {
            return (flags & ClassFile.ACC_STATIC) != 0;
        }

        public boolean isFinal() {
            return (flags & ClassFile.ACC_FINAL) != 0;
        }

        public boolean isPrivate() {
            return (flags & ClassFile.ACC_PRIVATE) != 0;
        }
    }

    OwnClass(ClassModel model) {
        name = model.thisClass().asInternalName();
        parent = model.superclass().map(ClassEntry::asInternalName).orElse("");
        if (!parent.isEmpty()) {
            above.add(parent);
        }
        model.interfaces().forEach(each -> above.add(each.asInternalName()));
        for (var method : model.methods()) {
            var own = new Method(this, method);
            methods.put(own.member(), own);
        }
        for (var field : model.fields()) {
            var constant = field.findAttribute(Attributes.constantValue())
                    .map(ConstantValueAttribute::constant)
                    .map(entry -> (Object) entry.constantValue());
            var fieldName = field.fieldName().stringValue();
            fields.put(fieldName, new Field(fieldName, field.flags().flagsMask(), constant, Annotations.of(field)));
        }
        for (var entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry reference) {
                references.add(reference.name().stringValue() + reference.type().stringValue());
            }
        }
        annotations = Annotations.of(model);
        elements = Annotations.elements(model);
        source = model.findAttribute(Attributes.sourceFile())
                .map(each -> each.sourceFile().stringValue())
                .orElse("");
    }

    /** As the JVM writes it. */
    public String name() {
        return name;
    }

    /** The class that it extends; empty for none. */
    public String parent() {
        return parent;
    }

    /** The types that it extends and implements. */
    public List<String> above() {
        return List.copyOf(above);
    }

    /** The names, with their types, of the methods and fields that it uses, of whatever class. */
    public Set<String> references() {
        return references;
    }

    public Iterable<Method> methods() {
        return methods.values();
    }

    public Optional<Method> method(String member) {
        return Optional.ofNullable(methods.get(member));
    }

    public Optional<Field> field(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    /** The names of the annotations' types. */
    public Set<String> annotations() {
        return annotations;
    }

    /** What the annotations say, as {@link Annotations#elements}. */
    public Map<String, List<String>> elements() {
        return elements;
    }

    /** The path of its source file below a source root; empty where the class does not say. */
    public String source() {
        int slash = name.lastIndexOf('/');
        return source.isEmpty() ? "" : name.substring(0, slash + 1) + source;
    }
}
