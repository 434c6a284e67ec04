package dev.stepzero.scan.reach;

import dev.stepzero.scan.classes.Allowance;
import dev.stepzero.scan.classes.Archive;
import dev.stepzero.scan.tree.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The class path of a program: which class lies where, which files name classes. Contents are read when asked for. */
final class ClassPath implements AutoCloseable {
    private static final Pattern ROOT =
            Pattern.compile("^(META-INF/versions/[0-9]+|BOOT-INF/classes|WEB-INF/classes)/");
    private static final Pattern CONTINUED = Pattern.compile("\\r?\\n ");
    private static final Pattern STARTED =
            Pattern.compile("^(Main-Class|Start-Class|Premain-Class|(Launcher-)?Agent-Class|Bundle-Activator):");
    private static final String CLASS = ".class";

    private final Limits limits;
    private final Allowance allowance;
    private final List<Archive> archives = new ArrayList<>();
    private final Map<String, Definition> classes = new HashMap<>();
    private final ClassNames names = new ClassNames();
    private final Map<String, List<Provider>> services = new LinkedHashMap<>();
    private final Map<Archive, List<Resource>> resources = new LinkedHashMap<>();
    private final List<Resource> always = new ArrayList<>();
    private final List<Archive> beans = new ArrayList<>();
    private final Set<Archive> withClasses = new HashSet<>();
    private final Set<Archive> served = new HashSet<>();
    private final List<String> gaps;

    /**
     * A class's file.
     *
     * @param other the next of the same name: which one is loaded depends on more than the class path
     */
    record Definition(
            Archive archive, String file, @Nullable Definition other) {}

    /** A file that is no class. */
    record Resource(Archive archive, String file) {
        String label() {
            return archive.own() ? file : archive + "!/" + file;
        }
    }

    /**
     * A class that provides a service.
     *
     * @param declared where that is said
     */
    record Provider(String declared, String name) {}

    private ClassPath(Limits limits, List<String> gaps) {
        this.limits = limits;
        this.gaps = new ArrayList<>(gaps);
        allowance = new Allowance(limits.file(), limits.bytes());
    }

    /** Lists everything; what cannot be read becomes a gap. */
    static ClassPath open(Program program, Limits limits) throws InterruptedException {
        var classPath = new ClassPath(limits, program.gaps());
        for (var own : program.own()) {
            classPath.add(own, true);
        }
        for (var library : program.libraries()) {
            classPath.add(library, false);
        }
        return classPath;
    }

    private void add(java.nio.file.Path path, boolean own) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            var archive = Archive.open(path, own);
            archives.add(archive);
            for (var name : archive.names()) {
                if (name.endsWith(CLASS)) {
                    define(archive, name);
                } else {
                    resource(archive, name);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            gaps.add("%s cannot be read: %s".formatted(path.getFileName(), FileFailure.reason(e)));
        }
    }

    private void define(Archive archive, String file) throws IOException {
        var name = ROOT.matcher(file).replaceFirst("");
        name = name.substring(0, name.length() - CLASS.length());
        if (name.equals("module-info")) {
            module(archive, file);
            return;
        }
        if (classes.size() >= limits.classes()) {
            throw new IllegalArgumentException("the class path has more than %d classes".formatted(limits.classes()));
        }
        withClasses.add(archive);
        classes.put(name, new Definition(archive, file, classes.get(name)));
        names.add(name);
    }

    /** On the module path providers are declared there. */
    private void module(Archive archive, String file) throws IOException {
        var module = ClassFile.of().parse(bytes(archive, file)).findAttribute(Attributes.module());
        if (module.isPresent()) {
            for (var each : module.get().provides()) {
                for (var provider : each.providesWith()) {
                    provide(each.provides().asInternalName(), archive + "!/" + file, provider.asInternalName());
                }
            }
        }
    }

    private void provide(String service, String declared, String provider) {
        services.computeIfAbsent(service, each -> new ArrayList<>()).add(new Provider(declared, provider));
    }

    private void service(Resource resource, String service) throws IOException {
        for (var line : text(resource).lines().toList()) {
            int comment = line.indexOf('#');
            var name = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!name.isEmpty()) {
                provide(service, resource.label(), name.replace('.', '/'));
            }
        }
    }

    private void resource(Archive archive, String file) throws IOException {
        var plain = ROOT.matcher(file).replaceFirst("");
        var resource = new Resource(archive, file);
        if (plain.startsWith("META-INF/resources/")) {
            served.add(archive);
        }
        if (plain.equals("META-INF/beans.xml") || plain.equals("META-INF/jandex.idx")) {
            beans.add(archive);
        }
        switch (Resources.role(plain, archive.own())) {
            case NONE -> {}
            case SERVICE -> service(resource, Resources.service(plain));
            case OF_ITS_ARCHIVE ->
                resources.computeIfAbsent(archive, each -> new ArrayList<>()).add(resource);
            case ALWAYS -> always.add(resource);
        }
    }

    @Nullable
    Definition definition(String name) {
        return classes.get(name);
    }

    boolean has(String name) {
        return classes.containsKey(name);
    }

    /** How texts mean classes. */
    ClassNames classNames() {
        return names;
    }

    /** The names of all classes, in order. */
    NavigableSet<String> names() {
        return names.sorted();
    }

    /** Why an archive may be used though nobody uses its classes; empty where nothing speaks for it. */
    String useWithoutClasses(Archive archive) {
        if (!withClasses.contains(archive)) {
            return "it holds no classes that could be followed";
        }
        return served.contains(archive) ? "it holds files that a web server hands out by itself" : "";
    }

    List<Archive> archives() {
        return archives;
    }

    /** What declares the providers of a service. */
    List<Provider> providers(String service) {
        return services.getOrDefault(service, List.of());
    }

    /** The services that somebody outside of the class path asks for. */
    List<String> servicesOfOthers() {
        return services.keySet().stream()
                .filter(service -> !has(service) || Resources.isOutside(service))
                .toList();
    }

    /** The files whose names of classes count when anything of the archive is used. */
    List<Resource> resources(Archive archive) {
        return resources.getOrDefault(archive, List.of());
    }

    /** The files whose names of classes count in any case. */
    List<Resource> always() {
        return always;
    }

    /** The archives all of whose classes a container looks through; none where no container is on the class path. */
    List<Archive> beans() {
        boolean contained =
                has("jakarta/enterprise/inject/spi/BeanManager") || has("javax/enterprise/inject/spi/BeanManager");
        return contained ? beans : List.of();
    }

    /** Why not all of the program can be seen; grows while it is read. */
    List<String> gaps() {
        synchronized (gaps) {
            return List.copyOf(gaps);
        }
    }

    void gap(String why) {
        synchronized (gaps) {
            gaps.add(why);
        }
    }

    /** The classes that a file names. */
    Set<String> namedIn(Resource resource) {
        var found = new LinkedHashSet<String>();
        try {
            boolean own = resource.archive().own();
            Names.in(text(resource), word -> {
                var packages = own ? ClassNames.Packages.ALL : ClassNames.Packages.NONE;
                names.named(word, packages, found::add);
                // In binary files a length may stand right before.
                names.named(word.substring(1), packages, found::add);
            });
        } catch (IOException e) {
            // What is so large or damaged that it cannot be read is no configuration.
            return found;
        }
        return found;
    }

    private String text(Resource resource) throws IOException {
        var text = new String(bytes(resource.archive(), resource.file()), StandardCharsets.UTF_8);
        return resource.file().endsWith("/MANIFEST.MF")
                ? mains(CONTINUED.matcher(text).replaceAll(""))
                : text;
    }

    /** The classes that a manifest has started; it names packages too, by the hundred. */
    private static String mains(String manifest) {
        return manifest.lines().filter(line -> STARTED.matcher(line).find()).collect(Collectors.joining("\n"));
    }

    byte[] bytes(Archive archive, String file) throws IOException {
        return archive.bytes(file, allowance);
    }

    @Override
    public void close() {
        for (var archive : archives) {
            try {
                archive.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
