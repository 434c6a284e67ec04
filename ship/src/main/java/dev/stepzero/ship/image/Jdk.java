package dev.stepzero.ship.image;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A JDK on this machine.
 *
 * @param home its directory
 * @param release the text of its {@code release} file, which tells builds of a JDK apart
 */
record Jdk(Path home, String release) {
    private static final Pattern FEATURE = Pattern.compile("(?m)^JAVA_VERSION=\"(?:1\\.)?([0-9]{1,4})");

    static Jdk at(Path home) {
        try {
            if (!Files.isExecutable(home.resolve("bin/jlink"))) {
                throw UserError.engine("no JDK with jlink is here")
                        .at(home.toString())
                        .fix("install a full JDK");
            }
            return new Jdk(home, Files.readString(home.resolve("release")));
        } catch (IOException e) {
            throw UserError.engine("the JDK does not say what it is")
                    .at(home.toString())
                    .because(e);
        }
    }

    /** Its feature release, such as 25. */
    int feature() {
        var matcher = FEATURE.matcher(release);
        if (!matcher.find()) {
            throw UserError.engine("the JDK does not say its version").at(home + "/release");
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** What a tool said; both of its outputs together. */
    record Said(int status, String text) {}

    /** Runs one of the JDK's tools to its end, without the settings of this process. */
    Said run(String tool, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(home.resolve("bin").resolve(tool).toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("JDK_") || name.startsWith("JAVA_"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        try (var output = process.getInputStream()) {
            process.getOutputStream().close();
            var text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), text.strip());
        } finally {
            process.destroyForcibly();
        }
    }
}
