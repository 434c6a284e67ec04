package dev.stepzero.scan.code.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What frameworks do with methods and what they give back. */
class FrameworksTest {
    private static final String RETAINED =
            "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) public @interface ";
    private static final List<String> LIBRARY = List.of(
            "package org.springframework.web.bind.annotation; " + RETAINED
                    + "GetMapping { String[] value() default {}; String[] produces() default {}; }",
            "package org.springframework.web.bind.annotation; " + RETAINED + "RestController { }",
            "package org.springframework.web.bind.annotation; " + RETAINED + "RequestParam { }",
            "package org.springframework.web.bind.annotation; " + RETAINED + "ResponseBody { }",
            "package jakarta.validation; " + RETAINED + "Valid { }",
            "package org.apache.ibatis.annotations; " + RETAINED + "Select { String[] value(); }",
            "package org.apache.ibatis.annotations; " + RETAINED + "Param { String value(); }",
            "package app; public enum Order { UP, DOWN }",
            "package app; public class Form { public String name; }");

    @TempDir
    private Path directory;

    private List<String> rules(String... sources) throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app"));
        LIBRARY.forEach(program::source);
        for (var source : sources) {
            program.source(source);
        }
        return program.compiled().rules();
    }

    private static String controller(String annotation, String body) {
        return """
                package app;
                import org.springframework.web.bind.annotation.*;
                %s
                class Pages {
                    java.sql.Statement sql;
                    %s
                }
                """.formatted(annotation, body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@GetMapping(\"/a\") String page(@RequestParam String a) { return \"<p>\" + a; }",
                "@GetMapping(produces = \"text/html\") String page(@RequestParam String a) { return a; }",
            })
    void aTextThatIsTheWholeAnswerIsAPage(String method) throws InterruptedException {
        assertThat(rules(controller("@RestController", method))).containsExactly("java-xss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@GetMapping(produces = \"application/json\") String page(@RequestParam String a) { return a; }",
                "@GetMapping(\"/a\") String page(@RequestParam int a) { return \"<p>\" + a; }",
                "@GetMapping(\"/a\") Form page(Form a) { return a; }",
                "String page(@RequestParam String a) { return a; }",
            })
    void whatIsNoPageIsNone(String method) throws InterruptedException {
        assertThat(rules(controller("@RestController", method))).isEmpty();
    }

    @Test
    void aViewsNameMayRedirect() throws InterruptedException {
        var bad = "@GetMapping String go(@RequestParam String a) { return \"redirect:\" + a; }";
        var own = "@GetMapping String own(@RequestParam String a) { return \"redirect:/users/\" + a; }";
        var view = "@GetMapping String view(@RequestParam String a) { return \"users\"; }";

        assertThat(rules(controller("", bad + own + view))).containsExactly("java-open-redirect");
    }

    @Test
    void annotationsOfAnInterfaceCountForWhatImplementsIt() throws InterruptedException {
        var found = rules("""
                package app;
                import org.springframework.web.bind.annotation.*;
                interface Api { @GetMapping("/a") void find(@RequestParam String a) throws Exception; }
                """, """
                package app;
                class Pages implements Api {
                    java.sql.Statement sql;
                    public void find(String a) throws Exception { sql.execute("x '" + a); }
                }
                """);

        assertThat(found).containsExactly("java-sql-injection");
    }

    @Test
    void anObjectThatIsOnlyCheckedComesFromOutsideAndAConstantOfAnEnumDoesNot() throws InterruptedException {
        var form = "@GetMapping(\"/a\") void find(@jakarta.validation.Valid Form form) throws Exception"
                + " { sql.execute(\"x '\" + form.name); }";
        var order = "@GetMapping(\"/b\") void sort(@RequestParam Order order) throws Exception"
                + " { sql.executeQuery(\"x \" + order); }";

        assertThat(rules(controller("@RestController", form + order))).containsExactly("java-sql-injection");
    }

    @Test
    void whatATextInAnAnnotationTakesInAsItIsIsAPartOfIt() throws InterruptedException {
        var found = rules("""
                package app;
                import org.apache.ibatis.annotations.*;
                interface Users {
                    @Select("select * from u where n = #{name} order by ${order}")
                    Object find(@Param("name") String name, @Param("order") String order);
                }
                """, """
                package app;
                import jakarta.servlet.http.*;
                class Pages {
                    Users users;
                    void bad(HttpServletRequest request) { users.find("x", request.getParameter("a")); }
                    void good(HttpServletRequest request) { users.find(request.getParameter("a"), "x"); }
                }
                """);

        assertThat(found).containsExactly("java-sql-injection");
    }
}
