package dev.stepzero.scan.fuzz;

import dev.stepzero.rules.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what the fuzzers begin with: the examples of all rules, in one directory for each format. */
public final class Seeds {
    private static final List<String> JSON = List.of(
            """
            {"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[\
            {"address":"aws_s3_bucket.a[0]","mode":"managed","type":"aws_s3_bucket","name":"a","index":0,\
            "provider_name":"registry.terraform.io/hashicorp/aws","values":{"bucket":"b","tags":null}}],\
            "child_modules":[{"address":"module.m","resources":[]}]}},"configuration":{"root_module":{"resources":[\
            {"address":"aws_s3_bucket.a","type":"aws_s3_bucket","name":"a","mode":"managed",\
            "expressions":{"bucket":{"references":["var.b"]}}}]}},"resource_changes":[]}""",
            """
            {"version":4,"terraform_version":"1.9.0","serial":1,"lineage":"x","outputs":{},"resources":[{"mode":"managed",\
            "type":"aws_s3_bucket","name":"a","provider":"provider[\\"registry.terraform.io/hashicorp/aws\\"]",\
            "instances":[{"index_key":"k","schema_version":0,"attributes":{"bucket":"b","n":1.5e3}}]}]}""",
            """
            {"resource":{"aws_s3_bucket":{"a":[{"bucket":"${var.b}-%{ if true }x%{ endif }","count":"${1 + 2}"}]}},\
            "variable":{"b":{"default":[1,2.5,true,null]}},"//":"a comment","locals":{"x":"${[for v in var.b : v]}"}}""");
    private static final List<String> COMMENTS = List.of(
            "stepzero:ignore some-rule until=2027-01-31 a reason",
            "tfsec:ignore:aws-s3-encryption:exp:2027-01-31",
            "trivy:ignore:AVD-AWS-0001",
            "checkov:skip=CKV_AWS_1:a reason",
            "kics-scan ignore-block",
            "hadolint ignore=DL3006,DL3008");

    private Seeds() {}

    /**
     * Writes the examples.
     *
     * @param arguments the directory with the rules, and the directory to write to
     */
    public static void main(String[] arguments) throws IOException {
        var target = Path.of(arguments[1]);
        int number = 0;
        for (var source : Catalog.read(Path.of(arguments[0]))) {
            for (var format : source.examples().entrySet()) {
                for (var text : format.getValue().bad()) {
                    write(target.resolve(format.getKey()), number++, text);
                }
                for (var text : format.getValue().good()) {
                    write(target.resolve(format.getKey()), number++, text);
                }
            }
        }
        for (var text : JSON) {
            write(target.resolve("json"), number++, text);
        }
        for (var text : COMMENTS) {
            write(target.resolve("comments"), number++, text);
        }
    }

    private static void write(Path directory, int number, String text) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("seed-" + number), text);
    }
}
