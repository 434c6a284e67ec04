package dev.stepzero.scan.code.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            "package org.apache.ibatis.annotations; " + RETAINED
                    + "SelectProvider { Class<?> value() default void.class; Class<?> type() default void.class; String method() default \"\"; }",
            "package org.apache.ibatis.jdbc; public class SQL { public native SQL SELECT(String all); public native SQL FROM(String table); public native SQL ORDER_BY(String order); }",
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

    private static final String USERS = """
            package app;
            import org.apache.ibatis.annotations.*;
            interface Users {
                Object find(@Param("name") String name, @Param("order") String order);
                Object pick(@Param("columns") java.util.List<String> columns);
                Object like(String pattern);
            }
            """;

    private static String mapper(String statements) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "http://mybatis.org/dtd/mybatis-3-mapper.dtd">
                <mapper namespace="app.Users">%s</mapper>
                """.formatted(statements);
    }

    private List<String> mapped(String statements, String body) throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app")).resource("mappers/Users.xml", mapper(statements));
        LIBRARY.forEach(program::source);
        return program.source(USERS).source("""
                        package app;
                        import jakarta.servlet.http.*;
                        class Pages {
                            Users users;
                            void handle(HttpServletRequest request) { String a = request.getParameter("a"); %s }
                        }
                        """.formatted(body)).compiled().rules();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <select id="find">select * from u where n = #{name} order by ${order}</select>    | users.find("x", a);
            <select id="find"><if test="order != null">order by ${ order }</if></select>      | users.find("x", a);
            <sql id="by">order by ${order}</sql><select id="find"><include refid="by"/></select> | users.find("x", a);
            <select id="find"><bind name="p" value="'%' + name"/>like '${p}'</select>         | users.find(a, "x");
            <select id="find">like '${param1}'</select>                                       | users.find(a, "x");
            <select id="pick"><foreach item="c" collection="columns">${c}</foreach></select>  | users.pick(java.util.List.of(a));
            <select id="like"><![CDATA[ where a < 1 and n like '${value}' ]]></select>        | users.like(a);
            """)
    void whatAMapperDocumentTakesInAsItIsIsAPartOfTheStatement(String statements, String body)
            throws InterruptedException {
        assertThat(mapped(statements, body)).containsExactly("java-sql-injection");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <select id="find">select * from u where n = #{name} order by ${order}</select>    | users.find(a, "x");
            <select id="find">select * from ${schema}.u where n = #{name}</select>            | users.find(a, "x");
            <sql id="t">${name}.id</sql><select id="find"><include refid="t"><property name="name" value="u"/></include></select> | users.find(a, "x");
            <select id="like">where n like #{value}</select>                                  | users.like(a);
            """)
    void whatItBindsIsNone(String statements, String body) throws InterruptedException {
        assertThat(mapped(statements, body)).isEmpty();
    }

    @Test
    void aMapperDocumentThatIsBrokenOrIncludesItselfCostsNothingElse() throws InterruptedException {
        var endless = "<sql id='a'><include refid='b'/></sql><sql id='b'><include refid='a'/>${order}</sql>"
                + "<select id='find'><include refid='a'/></select>";

        assertThat(mapped(endless, "users.find(\"x\", a);")).containsExactly("java-sql-injection");
        var report = new JavaProgram(directory.resolve("app"))
                .resource("mappers/Broken.xml", "<mapper namespace='app.Users'><select>")
                .scan();
        assertThat(report.findings()).hasSize(1);
        assertThat(report.coverage().skipped()).extracting(each -> each.path()).containsExactly("mappers/Broken.xml");
    }

    private static final List<String> SPRING = List.of(
            """
            package org.springframework.http;
            public class ResponseEntity<T> {
                public interface BodyBuilder { BodyBuilder contentType(MediaType type); <T> ResponseEntity<T> body(T body); }
                public static native BodyBuilder ok();
            }
            """,
            """
            package org.springframework.http;
            public class MediaType {
                public static final MediaType TEXT_HTML = null;
                public static final MediaType APPLICATION_JSON = null;
                public static native MediaType valueOf(String type);
            }
            """.replace("= null", "= valueOf(\"\")"),
            """
            package org.springframework.http;
            public class ResponseCookie {
                public interface ResponseCookieBuilder {
                    ResponseCookieBuilder secure(boolean secure);
                    ResponseCookieBuilder httpOnly(boolean httpOnly);
                    ResponseCookieBuilder path(String path);
                    ResponseCookie build();
                }
                public static native ResponseCookieBuilder from(String name, String value);
            }
            """,
            "package org.springframework.data.jpa.domain; public class JpaSort { public static native JpaSort unsafe(String... properties); }");

    private List<String> spring(String body) throws InterruptedException {
        var sources = new java.util.ArrayList<>(SPRING);
        sources.add("""
                package app;
                import org.springframework.http.*;
                class Pages {
                    Object handle(jakarta.servlet.http.HttpServletRequest request) { String a = request.getParameter("a"); %s }
                }
                """.formatted(body));
        return rules(sources.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            return ResponseEntity.ok().contentType(MediaType.TEXT_HTML).body("<p>" + a);              | java-xss
            return ResponseEntity.ok().contentType(MediaType.valueOf("text/html")).body("<p>" + a);   | java-xss
            return ResponseCookie.from("a", "b").path("/").httpOnly(true).build();                    | java-insecure-cookie
            return ResponseCookie.from("a", "b").secure(true).build();                                | java-cookie-for-scripts
            return org.springframework.data.jpa.domain.JpaSort.unsafe("LENGTH(" + a + ")");           | java-sql-injection
            """)
    void whatSpringIsToldIsJudged(String body, String rule) throws InterruptedException {
        assertThat(spring(body)).containsExactly(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(\"<p>\" + a);",
                "return ResponseEntity.ok().contentType(MediaType.TEXT_HTML).body(\"<p>\");",
                "return ResponseCookie.from(\"a\", \"b\").path(\"/\").httpOnly(true).secure(true).build();",
                "return org.springframework.data.jpa.domain.JpaSort.unsafe(\"LENGTH(name)\");",
            })
    void whatIsRightIsNotFound(String body) throws InterruptedException {
        assertThat(spring(body)).isEmpty();
    }

    private List<String> provided(String annotation, String maker) throws InterruptedException {
        return rules("""
                package app;
                import org.apache.ibatis.annotations.*;
                interface Users { @SelectProvider(%s) Object find(@Param("name") String name, @Param("order") String order); }
                """.formatted(annotation), """
                package app;
                import org.apache.ibatis.annotations.*;
                import org.apache.ibatis.jdbc.SQL;
                class Maker { %s }
                """.formatted(maker), """
                package app;
                class Pages {
                    Users users;
                    void handle(jakarta.servlet.http.HttpServletRequest request) { users.find(request.getParameter("a"), "x"); }
                }
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            type = Maker.class, method = "make" | static String make(String name, String order) { return "n = '" + name + "'"; }
            type = Maker.class, method = "make" | String make(@Param("order") String order, @Param("name") String name) { return "n = '" + name + "'"; }
            value = Maker.class, method = "make" | public String make(java.util.Map<String, Object> all) { return "n = '" + all.get("name") + "'"; }
            Maker.class | public String find(String name, String order) { return new SQL().SELECT("a").FROM("b").ORDER_BY(name).toString(); }
            Maker.class | public String provideSql(String name) { return new SQL() {{ SELECT("a"); ORDER_BY(name); }}.toString(); }
            """)
    void aStatementThatAMethodMakesHoldsWhatItIsGiven(String annotation, String maker) throws InterruptedException {
        assertThat(provided(annotation, maker)).containsExactly("java-sql-injection");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            type = Maker.class, method = "make" | static String make(String name, String order) { return "n = #{name} order by " + order; }
            type = Maker.class, method = "make" | public String make(java.util.Map<String, Object> all) { return "order by " + all.get("order"); }
            type = Maker.class, method = "make" | static String make(String name) { throw new IllegalStateException(name); }
            type = Maker.class, method = "gone" | static String make(String name) { return "n = '" + name + "'"; }
            Maker.class | public String find(String name, String order) { return new SQL().SELECT("a").FROM("b").ORDER_BY(order).toString(); }
            """)
    void aStatementThatAMethodMakesWithoutItHoldsNothing(String annotation, String maker) throws InterruptedException {
        assertThat(provided(annotation, maker)).isEmpty();
    }
}
