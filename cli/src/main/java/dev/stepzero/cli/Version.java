package dev.stepzero.cli;

import java.util.Optional;
import picocli.CommandLine;

/** The version of this program, out of its jar. */
final class Version implements CommandLine.IVersionProvider {

    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("from source");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"stepzero " + text() + " (Java " + Runtime.version() + ")"};
    }
}
