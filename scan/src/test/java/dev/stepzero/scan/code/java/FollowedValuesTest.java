package dev.stepzero.scan.code.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value is followed wherever the program takes it, and no further. */
class FollowedValuesTest {
    private static final String SQL = "java-sql-injection";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A branch that may be taken.
                "String a = \"x\"; if (response != null) { a = request.getParameter(\"a\"); } sql.execute(a);",
                // A list, at the index where it is.
                "var l = new ArrayList<String>(); l.add(\"x\"); l.add(request.getParameter(\"a\")); l.remove(0); sql.execute(l.get(0));",
                "var m = new HashMap<String, String>(); m.put(\"k\", request.getParameter(\"a\")); sql.execute(m.get(\"k\"));",
                "String[] a = {\"x\", request.getParameter(\"a\")}; sql.execute(a[1]);",
                "var b = new StringBuilder(\"x\"); b.append(request.getParameter(\"a\")); sql.execute(b.toString());",
                "var q = new ArrayDeque<String>(); q.push(request.getParameter(\"a\")); q.addLast(\"x\"); sql.execute(q.pop());",
                // Lambdas, streams and optionals.
                "Runnable r = () -> { try { sql.execute(request.getParameter(\"a\")); } catch (Exception e) { } }; r.run();",
                "Optional.of(request.getParameter(\"a\")).map(a -> \"x\" + a).ifPresent(a -> { try { sql.execute(a); } catch (Exception e) { } });",
                "var all = List.of(request.getParameter(\"a\")); for (var a : all) { sql.execute(a); }",
                // A loop that goes on for ever.
                "String a = \"\"; for (int i = 0; i < 9; i++) { a = a + request.getParameter(\"a\" + i); } sql.execute(a);",
                // A test that lets everything through.
                "String a = request.getParameter(\"a\"); if (a.matches(\".*\")) { sql.execute(a); }",
                "String a = request.getParameter(\"a\"); if (!a.isEmpty()) { sql.execute(a); }",
                "String a = request.getParameter(\"a\"); if (a.chars().anyMatch(Character::isDigit)) { sql.execute(a); }",
                "String a = request.getParameter(\"a\"); if (a.chars().allMatch(c -> c != 'x')) { sql.execute(a); }",
                "var b = new StringBuilder(); for (char c : request.getParameter(\"a\").toCharArray()) { if (c >= ' ') { b.append(c); } } sql.execute(\"x '\" + b);",
                // Replacing what is not enough.
                "sql.execute(request.getParameter(\"a\").replace(\"--\", \"\"));",
                // A test of the wrong end of a host, and a value that is made when it is asked for.
                "var u = java.net.URI.create(request.getParameter(\"a\")); if (u.getHost().equals(\"x\")) { sql.execute(\"x '\" + u.getPath()); }",
                "var m = new HashMap<String, String>(); m.computeIfAbsent(\"k\", k -> request.getParameter(\"a\")); sql.execute(m.get(\"k\"));",
                // What a map's own loop hands over, and keys that come from outside.
                "var m = Map.of(\"k\", request.getParameter(\"a\")); m.forEach((k, v) -> { try { sql.execute(v); } catch (Exception e) { } });",
                "var m = new HashMap<String, String>(); m.put(request.getParameter(\"a\"), \"x\"); for (var k : m.keySet()) { sql.execute(k); }",
                "var m = new HashMap<String, String>(); m.put(request.getParameter(\"a\"), \"x\"); for (var e : m.entrySet()) { sql.execute(e.getKey()); }",
                // What is caught.
                "String a = \"x\"; try { a = request.getParameter(\"a\"); Integer.parseInt(a); } catch (NumberFormatException e) { sql.execute(a); }",
                "String a = switch (request.getHeader(\"k\")) { case \"x\" -> \"y\"; default -> request.getHeader(\"k\"); }; sql.execute(a);",
            })
    void whatGetsThereIsFound(String body) throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app"))
                .source(JavaProgram.handling(body))
                .compiled();

        assertThat(program.rules()).containsOnly(SQL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The keys of a map, where only what lies under them comes from outside.
                "var m = Map.of(\"k\", request.getParameter(\"a\")); m.forEach((k, v) -> { try { sql.execute(k); } catch (Exception e) { } });",
                "var m = new HashMap<String, String>(); m.put(\"k\", request.getParameter(\"a\")); for (var k : m.keySet()) { sql.execute(k); }",
                "var m = new HashMap<String, String>(); m.put(\"k\", request.getParameter(\"a\")); for (var e : m.entrySet()) { sql.execute(e.getKey()); }",
                // A branch that cannot be taken.
                "int n = 7 * 18; String a = n > 100 ? \"x\" : request.getParameter(\"a\"); sql.execute(a);",
                "String k = \"ABC\"; char c = k.charAt(1); String a; switch (c) { case 'A': a = request.getParameter(\"a\"); break; case 'B': a = \"x\"; break; default: a = request.getParameter(\"a\"); } sql.execute(a);",
                "boolean on = \"yes\".equals(\"no\"); String a = on ? request.getParameter(\"a\") : \"x\"; sql.execute(a);",
                // A list, at another index.
                "var l = new LinkedList<String>(); l.add(\"x\"); l.add(request.getParameter(\"a\")); l.add(\"y\"); l.remove(0); sql.execute(l.get(1));",
                "var m = new HashMap<String, String>(); m.put(\"k\", request.getParameter(\"a\")); m.put(\"o\", \"x\"); sql.execute(m.get(\"o\"));",
                "String[] a = {\"x\", request.getParameter(\"a\")}; sql.execute(a[0]);",
                "var q = new ArrayDeque<String>(); q.addLast(request.getParameter(\"a\")); q.push(\"x\"); sql.execute(q.pop());",
                "var b = new StringBuilder(request.getParameter(\"a\")); b.setLength(0); b.append(\"x\"); sql.execute(b.toString());",
                // Tests.
                "String a = request.getParameter(\"a\"); if (a.equals(\"x\") || a.equals(\"y\")) { sql.execute(a); }",
                "String a = request.getParameter(\"a\"); if (List.of(\"x\", \"y\").contains(a)) { sql.execute(a); }",
                "String a = request.getParameter(\"a\"); if (a == null || !a.matches(\"[A-Za-z0-9]+\")) { return; } sql.execute(a);",
                "String a = request.getParameter(\"a\"); if (java.util.regex.Pattern.compile(\"\\\\w+\").matcher(a).matches()) { sql.execute(a); }",
                "String a = request.getParameter(\"a\"); switch (a) { case \"x\", \"y\" -> sql.execute(a); default -> { } }",
                "String a = request.getParameter(\"a\"); var m = Map.of(\"x\", \"y\"); if (m.containsKey(a)) { sql.execute(m.get(a)); }",
                // What is compared is not what is found.
                "String a = request.getParameter(\"a\"); sql.execute(List.of(\"x\", \"y\").stream().filter(each -> each.equals(a)).findFirst().orElseThrow());",
                "var b = new StringBuilder(); for (char c : request.getParameter(\"a\").toCharArray()) { if (Character.isLetterOrDigit(c)) { b.append(c); } } sql.execute(\"x '\" + b);",
                "String a = request.getParameter(\"a\"); if (a.chars().allMatch(Character::isLetterOrDigit)) { sql.execute(a); }",
                "String a = request.getParameter(\"a\"); if (a.chars().anyMatch(c -> !Character.isDigit(c))) { return; } sql.execute(a);",
                "String a = request.getParameter(\"a\"); if (!a.codePoints().allMatch(c -> c >= 'a' && 'z' >= c)) { return; } sql.execute(a);",
                "var b = new StringBuilder(); for (char c : request.getParameter(\"a\").toCharArray()) { if (c >= '0' && c <= '9') { b.append(c); } } sql.execute(\"x '\" + b);",
                // What a lambda gives has nothing of what it was given.
                "var holes = Arrays.stream(request.getParameter(\"a\").split(\",\")).map(each -> \"?\").collect(java.util.stream.Collectors.joining(\",\")); sql.execute(\"x\" + holes);",
                // Numbers and what is no text any more.
                "sql.execute(\"x\" + java.time.LocalDateTime.parse(request.getParameter(\"a\")));",
                "sql.execute(\"x\" + Integer.parseInt(request.getParameter(\"a\")));",
                "sql.execute(\"x\" + UUID.fromString(request.getParameter(\"a\")));",
                "sql.execute(\"x\" + request.getParameter(\"a\").length());",
                "sql.execute(request.getParameter(\"a\").replaceAll(\"[^a-z]\", \"\"));",
            })
    void whatCannotGetThereIsNotFound(String body) throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app"))
                .source(JavaProgram.handling(body))
                .compiled();

        assertThat(program.rules()).isEmpty();
    }

    @Test
    void aValueGoesThroughInterfacesRecordsAndFields() throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app"))
                .source("package app; interface Store { void save(Note note) throws Exception; }")
                .source("package app; record Note(int number, String text) {}")
                .source("""
                        package app;
                        class Table implements Store {
                            private final java.sql.Statement sql;
                            Table(java.sql.Statement sql) { this.sql = sql; }
                            public void save(Note note) throws Exception { sql.execute("x" + note.text()); }
                        }
                        """)
                .source(JavaProgram.handling(
                        "Store store = new Table(sql); store.save(new Note(1, request.getParameter(\"a\")));"))
                .compiled();

        var finding = program.scan().findings().getFirst();

        assertThat(finding.rule()).isEqualTo(SQL);
        assertThat(finding.location().file()).contains("src/main/java/app/Table.java");
        assertThat(finding.related())
                .extracting(each -> each.file().orElse(""))
                .startsWith("src/main/java/app/Example.java");
    }

    @Test
    void aMethodGivesBackWhatItIsGivenOnlyWhereItDoes() throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app"))
                .source(
                        "package app; class Choice { static String of(boolean first, String a, String b) { return first ? a : b; } }")
                .source(JavaProgram.handling("""
                        sql.execute(Choice.of(false, request.getParameter("a"), "x"));
                        sql.executeUpdate(Choice.of(true, request.getParameter("a"), "x"));
                        """))
                .compiled();

        assertThat(program.scan().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("Statement.executeUpdate"));
    }

    @Test
    void aTestInAMethodOfItsOwnCounts() throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app"))
                .source("""
                        package app;
                        class Names {
                            private static final java.util.Set<String> KNOWN = java.util.Set.of("x", "y");
                            static boolean isKnown(String name) { return KNOWN.contains(name); }
                            static boolean isName(String name) { return name != null && !name.isEmpty() && name.matches("[a-z]+"); }
                            static boolean isLong(String name) { return name.length() > 3; }
                            static void check(String name) { if (!isKnown(name)) { throw new IllegalArgumentException(name); } }
                        }
                        """)
                .source(JavaProgram.handling("""
                        String a = request.getParameter("a");
                        if (Names.isKnown(a)) { sql.execute(a); }
                        if (Names.isName(a)) { sql.execute(a); }
                        if (Names.isLong(a)) { sql.executeUpdate(a); }
                        String b = request.getParameter("b");
                        Names.check(b);
                        sql.executeQuery(b);
                        """))
                .compiled();

        assertThat(program.scan().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("Statement.executeUpdate"));
    }

    @Test
    void propertiesOfTheClassPathAreWhatTheyAre() throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app"))
                .source(JavaProgram.handling("""
                        var properties = new Properties();
                        properties.load(getClass().getResourceAsStream("/app.properties"));
                        java.security.MessageDigest.getInstance(properties.getProperty("weak", "SHA-256"));
                        java.security.MessageDigest.getInstance(properties.getProperty("strong", "MD5"));
                        """))
                .resource("app.properties", "weak=MD5\nstrong=SHA-512\n")
                .compiled();

        assertThat(program.scan().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.location().startLine()).isEqualTo(8));
    }

    @Test
    void aClassThatIsMadeByItsNameIsFollowed() throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app"))
                .source("package app; public interface Filter { String filter(String a); }")
                .source(
                        "package app; public class Keeping implements Filter { public String filter(String a) { return a; } }")
                .source(
                        "package app; public class Dropping implements Filter { public String filter(String a) { return \"x\"; } }")
                .source(JavaProgram.handling("""
                        var dropping = (Filter) Class.forName("app.Dropping").getDeclaredConstructor().newInstance();
                        sql.execute(dropping.filter(request.getParameter("a")));
                        var keeping = (Filter) Class.forName("app." + "Keeping").getDeclaredConstructor().newInstance();
                        sql.executeUpdate(keeping.filter(request.getParameter("a")));
                        """))
                .compiled();

        assertThat(program.scan().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("Statement.executeUpdate"));
    }

    @Test
    void recursionComesToAnEnd() throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app"))
                .source(
                        "package app; class Loop { static String of(String a, int n) { return n == 0 ? a : of(a + n, n - 1); } }")
                .source(JavaProgram.handling("sql.execute(Loop.of(request.getParameter(\"a\"), 1000));"))
                .compiled();

        assertThat(program.rules()).containsExactly(SQL);
    }

    @Test
    void whatAFrameworkGivesAsAParameterComesFromOutside() throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app"))
                .source("package org.springframework.web.bind.annotation; public @interface RequestParam {}")
                .source("package org.springframework.web.bind.annotation; public @interface GetMapping {}")
                .source("""
                        package app;
                        import org.springframework.web.bind.annotation.*;
                        class Notes {
                            private final java.sql.Statement sql;
                            Notes(java.sql.Statement sql) { this.sql = sql; }
                            @GetMapping void find(@RequestParam String name, int number) throws Exception { find(name + number); }
                            private void find(String name) throws Exception { sql.execute(name); }
                        }
                        """)
                .compiled();

        assertThat(program.scan().findings())
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).contains("a parameter of a request comes in (Notes:6)"));
    }

    @Test
    void anExpressionOfKotlinsTellsWhatJavasTells() throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app"))
                .source("""
                        package kotlin.text;
                        public final class Regex {
                            public Regex(String pattern) {}
                            public native boolean matches(CharSequence text);
                            public native boolean containsMatchIn(CharSequence text);
                            public native String replace(CharSequence text, String with);
                        }
                        """)
                .source(JavaProgram.handling("""
                        var words = new kotlin.text.Regex("[a-z]+");
                        String a = request.getParameter("a");
                        if (words.matches(a)) { sql.execute(a); }
                        if (words.containsMatchIn(a)) { sql.executeUpdate(a); }
                        sql.execute(new kotlin.text.Regex("[^a-z]").replace(a, ""));
                        """))
                .compiled();

        assertThat(program.scan().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("Statement.executeUpdate"));
    }

    @Test
    void quotesThatAreDoubledMakeItMatterLessAndDoNotMendIt() throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app"))
                .source(JavaProgram.handling("""
                        String a = request.getParameter("a").replace("'", "''");
                        sql.execute("x = '" + a + "'");
                        sql.execute("x = '" + a + request.getParameter("b") + "'");
                        sql.execute("x = '" + request.getParameter("a").replace("'", "' ") + "'");
                        """))
                .compiled();

        var findings = program.scan().findings();

        assertThat(findings).extracting(each -> each.rule()).containsExactly(SQL, SQL, SQL);
        assertThat(findings)
                .extracting(each -> each.severity().name())
                .containsExactly("MEDIUM", "CRITICAL", "CRITICAL");
        assertThat(findings.getFirst().message()).contains("with its quotes doubled");
    }
}
