package dev.stepzero.scan.code.java.program;

import dev.stepzero.core.Coverage;
import dev.stepzero.scan.classes.Allowance;
import dev.stepzero.scan.classes.Archive;
import dev.stepzero.scan.tree.FileFailure;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The classes of a program that are its own, and its resources. What cannot be read is taken down and left out. */
public final class Program implements AutoCloseable {
    private static final Pattern ROOT = Pattern.compile("^(BOOT-INF/classes|WEB-INF/classes)/");
    private static final int MOST_CLASSES = 60_000;
    private static final int LARGEST_RESOURCE = 1 << 20;
    private static final int MOST_SLOTS = 4_000;

    private final Map<String, OwnClass> classes = new LinkedHashMap<>();
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final List<Archive> archives = new ArrayList<>();
    private final List<Coverage.Skipped> skipped = new ArrayList<>();
    private final Map<Method, Optional<Code>> decoded = new DecodedMethods();
    private final Allowance allowance = new Allowance(4 << 20, 1L << 30);
    private final Allowance resourceAllowance = new Allowance(LARGEST_RESOURCE, 64L << 20);

    private record Resource(Archive archive, String file) {}

    /** Reads classes, the first of a name counting. */
    public static Program of(Collection<Path> own) throws InterruptedException {
        var program = new Program();
        for (var path : own) {
            program.add(path);
        }
        return program;
    }

    private void add(Path path) throws InterruptedException {
        Archive archive;
        List<String> names;
        try {
            archive = Archive.open(path, true);
            archives.add(archive);
            names = archive.names();
        } catch (IOException | IllegalArgumentException e) {
            skip(String.valueOf(path.getFileName()), "it cannot be read: " + FileFailure.reason(e));
            return;
        }
        for (var file : names) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            var name = ROOT.matcher(file).replaceFirst("");
            if (!file.endsWith(".class")) {
                resources.putIfAbsent(name, new Resource(archive, file));
            } else if (!name.startsWith("META-INF/") && !name.endsWith("module-info.class")) {
                define(archive, file);
            }
        }
    }

    private void define(Archive archive, String file) {
        if (classes.size() >= MOST_CLASSES) {
            skip(file, "there are more than %d classes".formatted(MOST_CLASSES));
            return;
        }
        try {
            var read = Sound.read(() -> new OwnClass(ClassFile.of().parse(archive.bytes(file, allowance))));
            classes.putIfAbsent(read.name(), read);
        } catch (IOException e) {
            skip(file, String.valueOf(e.getMessage()));
        }
    }

    /** Takes down what is not judged. */
    public void skip(String what, String why) {
        skipped.add(new Coverage.Skipped(what, why));
    }

    public List<Coverage.Skipped> skipped() {
        return List.copyOf(skipped);
    }

    public Collection<OwnClass> classes() {
        return classes.values();
    }

    public Optional<OwnClass> type(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    /** A method's instructions; empty where it has none, or where they make no sense. */
    public Optional<Code> code(Method method) {
        var known = decoded.get(method);
        if (known == null) {
            known = decode(method);
            decoded.put(method, known);
        }
        return known;
    }

    private Optional<Code> decode(Method method) {
        try {
            return Sound.read(() -> method.model().code().map(Program::decode));
        } catch (IOException e) {
            skip(method.toString(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Code decode(CodeModel model) {
        int slots = model instanceof CodeAttribute attribute ? attribute.maxLocals() : MOST_SLOTS;
        if (slots > MOST_SLOTS) {
            throw new IllegalArgumentException("it has more than %d variables".formatted(MOST_SLOTS));
        }
        return new Code(model, slots);
    }

    /** The text of a resource of the program. */
    public Optional<byte[]> resource(String name) {
        var found = Optional.ofNullable(resources.get(name.startsWith("/") ? name.substring(1) : name));
        try {
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(found.get().archive().bytes(found.get().file(), resourceAllowance));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        for (var archive : archives) {
            try {
                archive.close();
            } catch (IOException e) {
                skip(archive.toString(), "it cannot be closed: " + e.getMessage());
            }
        }
    }
}
