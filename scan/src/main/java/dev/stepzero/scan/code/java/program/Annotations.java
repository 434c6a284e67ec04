package dev.stepzero.scan.code.java.program;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The annotations that a program can be asked for. */
public final class Annotations {
    private Annotations() {}

    /** The names of the types of those on an element, as the JVM writes them. */
    public static Set<String> of(AttributedElement element) {
        var names = new TreeSet<String>();
        element.findAttribute(Attributes.runtimeVisibleAnnotations())
                .ifPresent(each -> each.annotations().forEach(annotation -> names.add(name(annotation))));
        element.findAttribute(Attributes.runtimeInvisibleAnnotations())
                .ifPresent(each -> each.annotations().forEach(annotation -> names.add(name(annotation))));
        return names;
    }

    /** Those on each parameter of a method. */
    public static List<Set<String>> ofParameters(MethodModel method) {
        var all = new ArrayList<Set<String>>();
        method.findAttribute(Attributes.runtimeVisibleParameterAnnotations()).ifPresent(attribute -> {
            for (var annotations : attribute.parameterAnnotations()) {
                var names = new TreeSet<String>();
                annotations.forEach(each -> names.add(name(each)));
                all.add(names);
            }
        });
        return all;
    }

    /** The texts, and the names of classes, that the elements of those on an element say, by {@code type/element} as rule files know them. */
    public static Map<String, List<String>> elements(AttributedElement element) {
        Map<String, List<String>> said = new TreeMap<>();
        element.findAttribute(Attributes.runtimeVisibleAnnotations())
                .ifPresent(each -> each.annotations()
                        .forEach(annotation -> annotation
                                .elements()
                                .forEach(one -> said.computeIfAbsent(
                                                Types.known(name(annotation)) + "/"
                                                        + one.name().stringValue(),
                                                key -> new ArrayList<>())
                                        .addAll(texts(one.value())))));
        return said;
    }

    /** What those on each parameter of a method say, by their types as rule files know them. */
    public static List<Map<String, List<String>>> elementsOfParameters(MethodModel method) {
        var all = new ArrayList<Map<String, List<String>>>();
        method.findAttribute(Attributes.runtimeVisibleParameterAnnotations()).ifPresent(attribute -> {
            for (var annotations : attribute.parameterAnnotations()) {
                Map<String, List<String>> said = new TreeMap<>();
                annotations.forEach(each -> said.put(
                        Types.known(name(each)),
                        each.elements().stream()
                                .flatMap(one -> texts(one.value()).stream())
                                .toList()));
                all.add(said);
            }
        });
        return all;
    }

    /** The names of a method's parameters, where the compiler wrote them down. */
    public static List<String> parameterNames(MethodModel method) {
        return method.findAttribute(Attributes.methodParameters())
                .map(each -> each.parameters().stream()
                        .map(one -> one.name().map(Utf8Entry::stringValue).orElse(""))
                        .toList())
                .orElse(List.of());
    }

    private static List<String> texts(AnnotationValue value) {
        return switch (value) {
            case AnnotationValue.OfString text -> List.of(text.stringValue());
            case AnnotationValue.OfClass type ->
                List.of(internal(type.className().stringValue()));
            case AnnotationValue.OfArray array ->
                array.values().stream()
                        .filter(each -> !(each instanceof AnnotationValue.OfArray))
                        .flatMap(each -> texts(each).stream())
                        .toList();
            default -> List.of();
        };
    }

    private static String name(Annotation annotation) {
        return internal(annotation.className().stringValue());
    }

    private static String internal(String descriptor) {
        return descriptor.length() > 2 ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }
}
