package dev.stepzero.scan.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.rules.Catalog;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes what the fuzzers begin with: the examples of all rules, in one directory for each format. */
public final class Seeds {
    private static final List<String> JSON = List.of("""
            {"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[\
            {"address":"aws_s3_bucket.a[0]","mode":"managed","type":"aws_s3_bucket","name":"a","index":0,\
            "provider_name":"registry.terraform.io/hashicorp/aws","values":{"bucket":"b","tags":null}}],\
            "child_modules":[{"address":"module.m","resources":[]}]}},"configuration":{"root_module":{"resources":[\
            {"address":"aws_s3_bucket.a","type":"aws_s3_bucket","name":"a","mode":"managed",\
            "expressions":{"bucket":{"references":["var.b"]}}}]}},"resource_changes":[]}""", """
            {"version":4,"terraform_version":"1.9.0","serial":1,"lineage":"x","outputs":{},"resources":[{"mode":"managed",\
            "type":"aws_s3_bucket","name":"a","provider":"provider[\\"registry.terraform.io/hashicorp/aws\\"]",\
            "instances":[{"index_key":"k","schema_version":0,"attributes":{"bucket":"b","n":1.5e3}}]}]}""", """
            {"resource":{"aws_s3_bucket":{"a":[{"bucket":"${var.b}-%{ if true }x%{ endif }","count":"${1 + 2}"}]}},\
            "variable":{"b":{"default":[1,2.5,true,null]}},"//":"a comment","locals":{"x":"${[for v in var.b : v]}"}}""");
    private static final List<String> COMMENTS = List.of(
            "stepzero:ignore some-rule until=2027-01-31 a reason",
            "tfsec:ignore:aws-s3-encryption:exp:2027-01-31",
            "trivy:ignore:AVD-AWS-0001",
            "checkov:skip=CKV_AWS_1:a reason",
            "kics-scan ignore-block",
            "hadolint ignore=DL3006,DL3008");

    private static final List<String> POLICIES = List.of("""
            {"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":["s3:*","iam:PassRole"],\
            "Resource":"arn:aws:s3:::b/*","Principal":{"AWS":"*"},"Condition":{"StringEquals":{"aws:SourceArn":["x"]},\
            "IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}},{"Effect":"Deny","NotAction":"iam:*","Resource":"*"}]}""", """
            {"statements":[{"effect":"Allow","actions":["*"],"resources":["*"],"principals":[{"type":"AWS",\
            "identifiers":["*"]}],"condition":[{"test":"Bool","variable":"aws:SecureTransport","values":["true",1.5e3]}]}]}""");
    private static final String IMAGE = """
            {"architecture":"amd64","os":"linux","created":"2026-11-21T00:00:00Z","config":{"User":"1000:1000",\
            "Env":["PATH=/bin","TOKEN=a"],"ExposedPorts":{"8080/tcp":{}},"Entrypoint":["/bin/a"],"Cmd":["-v"],\
            "Healthcheck":{"Test":["CMD","true"]},"Labels":{"a":"b"},"Volumes":{"/data":{}},"WorkingDir":"/app"},\
            "rootfs":{"type":"layers","diff_ids":["sha256:%1$s"]},"history":[{"created_by":"COPY a","empty_layer":false}]}
            LAYER
            """.formatted("0".repeat(64));
    private static final String MANIFEST = """
            {"schemaVersion":2,"config":{"digest":"sha256:%1$s","size":2},"layers":[{"digest":"sha256:%1$s","size":3}],\
            "manifests":[{"digest":"sha256:%1$s","platform":{"architecture":"arm64"}}]}""".formatted("0".repeat(64));

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
        for (var text : POLICIES) {
            write(target.resolve("policy"), number++, text);
        }
        for (var rule : PatternRules.with(List.of()).rules()) {
            // What comes before the text says the language, as ProgramFuzz has them.
            var language = String.valueOf(
                    (char) (5 + List.of("python", "javascript", "", "", "go").indexOf(rule.language())));
            for (var text : rule.bad()) {
                write(target.resolve("program"), number++, language + text);
            }
        }
        write(target.resolve("manifest"), number++, MANIFEST);
        write(target.resolve("image"), number, IMAGE);
        Files.write(target.resolve("image/seed-" + number), layer(), StandardOpenOption.APPEND);
    }

    private static byte[] layer() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, 512, "UTF-8")) {
            entry(tar, new TarArchiveEntry("etc/"), "");
            entry(tar, new TarArchiveEntry("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
            entry(tar, new TarArchiveEntry("root/.ssh/id_rsa"), "-----BEGIN PRIVATE KEY-----\n");
            var link = new TarArchiveEntry("bin/sh", TarConstants.LF_SYMLINK);
            link.setLinkName("../busybox");
            link.addPaxHeader("SCHILY.xattr.security.capability", "a");
            entry(tar, link, "");
            entry(tar, new TarArchiveEntry("etc/.wh.shadow"), "");
        }
        return bytes.toByteArray();
    }

    private static void entry(TarArchiveOutputStream tar, TarArchiveEntry entry, String content) throws IOException {
        entry.setSize(content.length());
        tar.putArchiveEntry(entry);
        tar.write(content.getBytes(UTF_8));
        tar.closeArchiveEntry();
    }

    private static void write(Path directory, int number, String text) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("seed-" + number), text);
    }
}
