package dev.stepzero.scan.packages.installed;

import dev.stepzero.scan.packages.installed.binary.ProgramModules;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The modules within a Go or Rust program; which file is a program, its first bytes tell. */
final class ProgramPackages implements FileReader {

    @Override
    public boolean takes(String path) {
        return true;
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) throws IOException {
        for (var module : ProgramModules.read(file.stream())) {
            facts.accept(new Fact.Library(module.purl(), "", module.scope(), Optional.empty(), List.of()));
        }
    }
}
