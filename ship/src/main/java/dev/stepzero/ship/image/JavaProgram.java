package dev.stepzero.ship.image;

import dev.stepzero.core.UserError;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What an application's jar says about itself.
 *
 * @param feature the Java release that its classes need
 */
record JavaProgram(JavaApplication application, String mainClass, int feature) {
    private static final String JAR = JavaApplication.PLACE.substring(1);
    private static final String LIBRARIES = JavaApplication.LIBRARIES.substring(1);
    private static final int CLASS_MAGIC = 0xcafebabe;
    private static final int FEATURE_OFFSET = 44;

    private static final List<String> OPTIONS = List.of(
            "-XX:MaxRAMPercentage=70",
            "-XX:+ExitOnOutOfMemoryError",
            // Would be written to /tmp for tools that the image does not have.
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=/tmp");

    static JavaProgram read(JavaApplication application) {
        var place = application.jar().toString();
        try (var jar = new JarFile(application.jar().toFile())) {
            var manifest = jar.getManifest();
            var main = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            if (main == null || main.isBlank()) {
                throw UserError.unreadable("the jar does not name a Main-Class")
                        .at(place)
                        .fix("let the build write Main-Class into the jar's manifest");
            }
            return new JavaProgram(application, main.strip(), feature(jar));
        } catch (IOException e) {
            throw UserError.unreadable("the application's jar cannot be read")
                    .at(place)
                    .because(e);
        }
    }

    private static int feature(JarFile jar) throws IOException {
        var newest = 0;
        for (var entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                try (var in = new DataInputStream(jar.getInputStream(entry))) {
                    if (in.readInt() == CLASS_MAGIC) {
                        in.readUnsignedShort();
                        newest = Math.max(newest, in.readUnsignedShort() - FEATURE_OFFSET);
                    }
                }
            }
        }
        return newest;
    }

    void requireFrom(Jdk jdk) {
        if (jdk.feature() < feature) {
            throw UserError.engine("the application needs Java " + feature + ", the JDK is " + jdk.feature())
                    .at(jdk.home().toString())
                    .fix("name a newer JDK");
        }
    }

    String librariesKey() throws IOException {
        var key = new StringBuilder("libraries");
        for (var library : application.libraries()) {
            key.append('\n').append(library.getFileName()).append(JavaModules.digestOf(library));
        }
        return key.toString();
    }

    void addLibrariesTo(FileTree tree) {
        for (var library : application.libraries()) {
            var path = LIBRARIES + library.getFileName();
            if (tree.find(path).isPresent()) {
                throw UserError.unreadable("two libraries have the same file name")
                        .at(library.toString())
                        .fix("let the build give them different names");
            }
            tree.file(path, library, false);
        }
    }

    void addJarTo(FileTree tree) {
        tree.file(JAR, application.jar(), false);
    }

    ImageConfig config(BuildFacts facts) {
        var command = new ArrayList<String>();
        command.add("/" + Path.of(JavaRuntime.PLACE, "bin", "java"));
        command.addAll(OPTIONS);
        command.addAll(application.options());
        if (application.libraries().isEmpty()) {
            command.addAll(List.of("-jar", "/" + JAR));
        } else {
            command.addAll(List.of("-cp", "/" + JAR + ":/" + LIBRARIES + "*", mainClass));
        }
        return new ImageConfig(
                facts.title() + ":" + facts.version(),
                command,
                List.of(),
                Base.environment(application.environment()),
                "/app",
                application.ports(),
                ImageConfig.labels(facts),
                facts.created());
    }
}
