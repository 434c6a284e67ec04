package dev.stepzero.scan.code.java.program;

import java.lang.classfile.Annotation;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    private static String name(Annotation annotation) {
        var descriptor = annotation.className().stringValue();
        return descriptor.length() > 2 ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }
}
