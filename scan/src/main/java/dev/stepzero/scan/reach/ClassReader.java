package dev.stepzero.scan.reach;

import dev.stepzero.scan.reach.ClassFacts.Members;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.LinkedHashSet;
import java.util.Optional;

/** Reads classes, which anybody may have written; safe for use by several threads. */
final class ClassReader {
    private final ClassPath classPath;
    private final boolean withMembers;
    private final MemberReader members;
    private final ClassFile format =
            ClassFile.of(ClassFile.DebugElementsOption.DROP_DEBUG, ClassFile.LineNumbersOption.DROP_LINE_NUMBERS);

    /**
     * A reader.
     *
     * @param withMembers whether calls will be followed
     */
    ClassReader(ClassPath classPath, boolean withMembers, EdgeLimit edges) {
        this.classPath = classPath;
        this.withMembers = withMembers;
        members = new MemberReader(classPath, edges);
    }

    /** Reads a class. @throws IOException if it is no class file, or a damaged one */
    ClassFacts read(String name, ClassPath.Definition definition) throws IOException {
        try {
            return facts(name, definition);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ClassCastException | NullPointerException e) {
            // The JDK's reader promises the first only, but reads whatever it is given.
            throw new IOException("it is no sound class file", e);
        } catch (StackOverflowError e) {
            throw new IOException("it is nested too deeply", e);
        }
    }

    private ClassFacts facts(String name, ClassPath.Definition definition) throws IOException {
        boolean own = definition.archive().own();
        var model = format.parse(classPath.bytes(definition.archive(), definition.file()));
        var packages = own ? ClassNames.Packages.ALL : ClassNames.Packages.PREFIXES;
        var references = new LinkedHashSet<String>();
        var services = new LinkedHashSet<String>();
        for (var entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> {
                    var referred = type.asInternalName();
                    if (classPath.has(referred)) {
                        references.add(referred);
                    }
                    if (!classPath.providers(referred).isEmpty()) {
                        services.add(referred);
                    }
                }
                case Utf8Entry text ->
                    Names.in(text.stringValue(), word -> classPath.classNames().named(word, packages, references::add));
                default -> {}
            }
        }
        references.remove(name);
        return new ClassFacts(name, references, services, own ? Blindness.of(model) : "", members(name, model, own));
    }

    private Optional<Members> members(String name, ClassModel model, boolean own) throws IOException {
        return withMembers ? Optional.of(members.read(name, model, own)) : Optional.empty();
    }
}
