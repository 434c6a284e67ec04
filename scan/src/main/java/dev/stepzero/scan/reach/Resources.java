package dev.stepzero.scan.reach;

import java.util.Locale;
import java.util.Set;

/** Which files beside classes may name classes that a program loads, and when they do. */
final class Resources {
    private static final String SERVICES = "META-INF/services/";

    /** Only compilers look for it. */
    private static final String COMPILED_WITH = "javax.annotation.processing.Processor";

    private static final Set<String> NAMELESS = Set.of(
            "png",
            "jpg",
            "jpeg",
            "gif",
            "ico",
            "svg",
            "webp",
            "woff",
            "woff2",
            "ttf",
            "otf",
            "eot",
            "css",
            "map",
            "mp3",
            "mp4",
            "pdf",
            "so",
            "dll",
            "dylib",
            "jnilib",
            "exe",
            "zip",
            "gz",
            "jar",
            "md",
            "java",
            "kt",
            "scala",
            "kotlin_module",
            "kotlin_builtins",
            "sf",
            "rsa",
            "dsa",
            "ec",
            "sql",
            "xsd",
            "dtd",
            "csv",
            "idx");

    /** What tools read, not the program: they name everything that there is. */
    private static final Set<String> FOR_TOOLS = Set.of(
            "META-INF/INDEX.LIST",
            "META-INF/spring-configuration-metadata.json",
            "META-INF/additional-spring-configuration-metadata.json",
            "META-INF/spring-autoconfigure-metadata.properties");

    /** When the classes count that a file names. */
    enum Role {
        NONE,
        /** When the service that it is called after is used. */
        SERVICE,
        /** When anything of its archive is used. */
        OF_ITS_ARCHIVE,
        /** Whenever it is on the class path: frameworks look there. */
        ALWAYS
    }

    private Resources() {}

    static Role role(String name, boolean own) {
        var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        var file = name.substring(name.lastIndexOf('/') + 1);
        if (name.startsWith(SERVICES)) {
            return file.equals(COMPILED_WITH) ? Role.NONE : Role.SERVICE;
        }
        if (NAMELESS.contains(ending) || FOR_TOOLS.contains(name) || file.matches("(?i)(LICEN[SC]E|NOTICE).*")) {
            return Role.NONE;
        }
        if (own) {
            return Role.ALWAYS;
        }
        for (var tool : Set.of("META-INF/maven/", "META-INF/native-image/", "META-INF/proguard/")) {
            if (name.startsWith(tool)) {
                return Role.NONE;
            }
        }
        boolean manifest = name.equals("META-INF/MANIFEST.MF");
        return name.startsWith("META-INF/") && !manifest ? Role.ALWAYS : Role.OF_ITS_ARCHIVE;
    }

    /** The service that a file of {@code META-INF/services} is called after, as the JVM writes names. */
    static String service(String name) {
        return name.substring(SERVICES.length()).replace('.', '/');
    }

    /** Whether somebody outside of the class path loads a service's providers: a servlet container does. */
    static boolean isOutside(String service) {
        return service.startsWith("jakarta/servlet/") || service.startsWith("javax/servlet/");
    }
}
