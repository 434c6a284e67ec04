package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The server's jars are on the class path of {@code serve} alone, so that no other command pays for them. */
class ServerJarsTest {

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyCommandIsKnownWithoutThem() throws Exception {
        var own = Path.of("").toAbsolutePath().resolveSibling("server").toString();
        var others = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> !path.startsWith(own) && !path.contains("springframework"))
                .map(ServerJarsTest::url)
                .toArray(URL[]::new);

        try (var loader = new URLClassLoader(others, ClassLoader.getPlatformClassLoader())) {
            var serve = loader.loadClass(ServeCommand.class.getName());

            assertThat(serve.getDeclaredMethods()).isNotEmpty();
            assertThat(serve.getDeclaredFields()).isNotEmpty();
            assertThat(serve.getDeclaredClasses())
                    .allSatisfy(each -> assertThat(each.getDeclaredMethods()).isNotEmpty());
        }
    }
}
