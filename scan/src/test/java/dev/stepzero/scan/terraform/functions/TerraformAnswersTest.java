package dev.stepzero.scan.terraform.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the terraform binary answered (version 1.11.4, through {@code ask-terraform}), we answer. */
class TerraformAnswersTest {
    private static List<String[]> answers(String file) throws IOException {
        return Files.readAllLines(Literals.TREE.resolve(file)).stream()
                .map(line -> line.split("\t", 2))
                .toList();
    }

    @TestFactory
    List<DynamicTest> theAnswerIsTerraforms() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        var all = new ArrayList<>(answers("answers.tsv"));
        all.addAll(answers("composed.tsv"));
        for (var answer : all) {
            tests.add(DynamicTest.dynamicTest(
                    answer[0], () -> assertThat(ours(answer[0])).isEqualTo(answer[1])));
        }
        return tests;
    }

    @Test
    void everyPureFunctionHasFiveAnswersAtLeast() throws IOException {
        var impure = List.of(
                "abspath", "base64gzip", "bcrypt", "can", "issensitive", "list", "map", "plantimestamp", "rsadecrypt");
        var lazy = List.of("sensitive", "templatefile", "templatestring", "timestamp", "try", "type", "uuid");
        var counts = new TreeMap<String, Integer>();
        Signature.names().forEach(name -> counts.put(name, 0));

        for (var answer : answers("answers.tsv")) {
            counts.computeIfPresent(answer[0].substring(0, answer[0].indexOf('(')), (name, count) -> count + 1);
        }

        counts.keySet().removeAll(impure);
        counts.keySet().removeAll(lazy);
        counts.values().removeIf(count -> count >= 5);
        assertThat(counts).isEmpty();
    }

    private static String ours(String expression) {
        try {
            return JsonText.of(Literals.evaluate(expression));
        } catch (FunctionError e) {
            return "!";
        }
    }
}
