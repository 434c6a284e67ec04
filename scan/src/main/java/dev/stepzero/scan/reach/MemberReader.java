package dev.stepzero.scan.reach;

import dev.stepzero.scan.reach.ClassFacts.Members;
import dev.stepzero.scan.reach.ClassFacts.Method;
import dev.stepzero.scan.reach.ClassNames.Packages;
import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Reads what the methods of a class do, and what else of it frameworks go by. */
final class MemberReader {
    private static final int LONGEST_WORD = 100;

    private final ClassPath classPath;
    private final EdgeReader edges;

    MemberReader(ClassPath classPath, EdgeLimit limit) {
        this.classPath = classPath;
        edges = new EdgeReader(classPath, limit);
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
            methods.add(edges.read(name, method));
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
        return switch (owner) {
            case "java/lang/reflect/Method" -> name.equals("invoke");
            case "java/lang/invoke/MethodHandles$Lookup" -> name.startsWith("find") || name.startsWith("unreflect");
            default -> false;
        };
    }

    private void name(String text, Packages packages, Set<String> found) {
        Names.in(text, word -> classPath.classNames().named(word, packages, found::add));
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
}
