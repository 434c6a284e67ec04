package dev.stepzero.scan.code.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address is as safe as how it begins, whatever it was made with. */
class BeginningsTest {
    private static final String SPRING = """
            package org.springframework.http;
            public class ResponseEntity<T> {
                public interface HeadersBuilder<B extends HeadersBuilder<B>> {
                    B location(java.net.URI to);
                    B header(String name, String... values);
                }
                public interface BodyBuilder extends HeadersBuilder<BodyBuilder> { <T> ResponseEntity<T> build(); }
                public static native BodyBuilder status(HttpStatus status);
                public static native BodyBuilder status(int status);
                public static native BodyBuilder ok();
            }
            """;
    private static final String STATUS = "package org.springframework.http; public enum HttpStatus { FOUND, CREATED }";
    private static final String BUILDER = """
            package org.springframework.web.util;
            public class UriComponentsBuilder {
                public static native UriComponentsBuilder fromUriString(String address);
                public native UriComponentsBuilder host(String host);
                public native UriComponentsBuilder path(String path);
                public native UriComponentsBuilder queryParam(String name, Object... values);
                public native String toUriString();
                public native java.net.URI toUri();
            }
            """;

    @TempDir
    private Path directory;

    private JavaProgram program(String body) {
        return new JavaProgram(directory.resolve("app"))
                .source(SPRING)
                .source(STATUS)
                .source(BUILDER)
                .source(JavaProgram.handling("""
                        String a = request.getParameter("a");
                        %s
                        """.formatted(body)))
                .compiled();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.net.URI.create(a).toURL().openStream();",
                "java.net.URI.create(\"https://\" + a + \"/x\").toURL().openStream();",
                "java.net.URI.create(\"https://example.com\" + a).toURL().openStream();",
                "new java.net.URI(\"https\", a, \"/x\", null).toURL().openStream();",
                "new java.net.URL(\"https\", a, \"/x\").openStream();",
                "new java.net.URL(new java.net.URL(\"https://example.com/\"), a).openStream();",
                "java.net.URI.create(\"https://example.com/\").resolve(a).toURL().openStream();",
                "new java.net.URL(String.format(\"https://%s/x\", a)).openStream();",
                "new java.net.URL(\"%s/x\".formatted(a)).openStream();",
                "new java.net.URL(java.text.MessageFormat.format(\"https://{0}/x\", a)).openStream();",
                "new java.net.URL(org.springframework.web.util.UriComponentsBuilder.fromUriString(a).path(\"/x\").toUriString()).openStream();",
                "new java.net.URL(org.springframework.web.util.UriComponentsBuilder.fromUriString(\"https://{host}/\").host(a).toUriString()).openStream();",
            })
    void whereTheHostMayBeInputItIsFound(String body) throws InterruptedException {
        assertThat(program(body).rules()).containsExactly("java-ssrf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.net.URI.create(\"https://example.com/\" + a).toURL().openStream();",
                "new java.net.URI(\"https://example.com/\" + a).normalize().toURL().openStream();",
                "new java.net.URI(\"https\", \"example.com\", \"/\" + a, null).toURL().openStream();",
                "new java.net.URI(\"https\", null, \"example.com\", 443, \"/\" + a, null, null).toURL().openStream();",
                "new java.net.URL(\"https\", \"example.com\", a).openStream();",
                "new java.net.URL(\"https\", \"example.com\", 8443, a).openStream();",
                "new java.net.URL(String.format(\"https://example.com/%s\", a)).openStream();",
                "new java.net.URL(String.format(Locale.ROOT, \"%s/%s\", \"https://example.com\", a)).openStream();",
                "new java.net.URL(\"https://%s:%d/%s\".formatted(\"example.com\", 443, a)).openStream();",
                "new java.net.URL(java.text.MessageFormat.format(\"https://example.com/{0}\", a)).openStream();",
                "new java.net.URL((\"https://example.com/\" + a).trim()).openStream();",
                "new java.net.URL(org.springframework.web.util.UriComponentsBuilder.fromUriString(\"https://example.com\").path(a).queryParam(\"q\", a).toUriString()).openStream();",
            })
    void whereTheHostIsFixedNothingIsFound(String body) throws InterruptedException {
        assertThat(program(body).rules()).isEmpty();
    }

    @Test
    void anAnswerThatSendsTheBrowserOnIsARedirect() throws InterruptedException {
        var found = program("""
                var entity = org.springframework.http.ResponseEntity.status(org.springframework.http.HttpStatus.FOUND);
                entity.location(java.net.URI.create(a)).build();
                org.springframework.http.ResponseEntity.status(302).header("Location", a).build();
                response.setHeader("location", java.net.URLEncoder.encode(a, "UTF-8") + a.replaceAll("[\\r\\n]", ""));
                """).scan().findings();

        assertThat(found).extracting(each -> each.location().startLine()).containsExactly(8, 9, 10);
        assertThat(found).extracting(each -> each.rule()).containsOnly("java-open-redirect");
    }

    @Test
    void anAnswerThatOnlyNamesAPlaceIsNone() throws InterruptedException {
        var found = program("""
                org.springframework.http.ResponseEntity.status(org.springframework.http.HttpStatus.CREATED).location(java.net.URI.create(a)).build();
                org.springframework.http.ResponseEntity.status(201).header("Location", a).build();
                org.springframework.http.ResponseEntity.status(302).location(java.net.URI.create("/users/" + a)).build();
                org.springframework.http.ResponseEntity.status(302).header("X-Name", a).build();
                response.setHeader("X-Location", a.replaceAll("[\\r\\n]", ""));
                """).rules();

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (a.startsWith(\"/\")) { response.sendRedirect(a); }",
                // Browsers take a backslash for a slash.
                "if (a.startsWith(\"/\") && !a.startsWith(\"//\")) { response.sendRedirect(a); }",
                "if (!a.startsWith(\"//\") && !a.startsWith(\"/\\\\\")) { response.sendRedirect(a); }",
                "if (a.startsWith(\"https://example.com\")) { response.sendRedirect(a); }",
                "if (!a.startsWith(\"/\")) { a = \"/\" + a; } response.sendRedirect(a);",
            })
    void aTestOfTheBeginningThatLeavesAHostIsNotEnough(String body) throws InterruptedException {
        assertThat(program(body).rules()).containsExactly("java-open-redirect");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (a.startsWith(\"/\") && !a.startsWith(\"//\") && !a.startsWith(\"/\\\\\")) { response.sendRedirect(a); }",
                "if (a.startsWith(\"//\") || a.contains(\"\\\\\")) { return; } if (a.startsWith(\"/\")) { response.sendRedirect(a); }",
                "if (!a.startsWith(\"https://example.com/\")) { throw new IllegalStateException(); } response.sendRedirect(a);",
                "if (a.startsWith(\"https://example.com/\")) { new java.net.URL(a).openStream(); }",
            })
    void aTestOfTheBeginningThatLeavesNoHostIs(String body) throws InterruptedException {
        assertThat(program(body).rules()).isEmpty();
    }
}
