package dev.stepzero.scan.reach;

import java.nio.file.Path;
import java.util.List;

/**
 * A Java program as it was built.
 *
 * @param own directories and archives of the program's own classes and resources: where everything begins
 * @param libraries archives of everything else on its class path
 * @param gaps clauses that tell what of it is not at hand; where there is one, nothing is called unreachable
 */
public record Program(List<Path> own, List<Path> libraries, List<String> gaps) {
    public Program {
        own = List.copyOf(own);
        libraries = List.copyOf(libraries);
        gaps = List.copyOf(gaps);
    }

    /**
     * What is asked.
     *
     * @param library the archive that holds the vulnerable code
     * @param symbols the methods or classes that the advisory names, such as {@code org.example.Parser.parse}; empty where
     *     it names none, and any class of the library counts
     * @param gaps what of the program that has this library is not at hand, beside the program's own gaps
     */
    public record Question(Path library, List<String> symbols, List<String> gaps) {
        public Question {
            symbols = List.copyOf(symbols);
            gaps = List.copyOf(gaps);
        }
    }
}
