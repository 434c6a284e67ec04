package dev.stepzero.scan.code.java.knowledge;

import dev.stepzero.scan.code.java.program.Types;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Calls of a method, as rule files write them: {@code java.sql.Statement.execute*}, {@code java.io.File.new},
 * {@code java.lang.String.format(String, Object[])}.
 *
 * @param owner the type that has the method, as the JVM writes it
 * @param name the method's name; {@code <init>} for a constructor
 * @param open whether names count that only begin so
 * @param parameters the simple names of the parameters' types, where only one overload is meant
 */
public record CallPattern(String owner, String name, boolean open, Optional<List<String>> parameters) {
    private static final Pattern FORM = Pattern.compile(
            "(?<owner>[\\w$]+(?:[.][\\w$]+)*)[.](?<name>[\\w$]+|[*])(?<open>[*]?)(?<parameters>\\([^()]*\\))?");

    /** Reads one. @throws IllegalArgumentException if it has another form */
    public static CallPattern of(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("'%s' is no call such as java.io.File.new(String)".formatted(text));
        }
        var name = form.group("name");
        var parameters = Optional.ofNullable(form.group("parameters"))
                .map(list -> list.substring(1, list.length() - 1).strip())
                .map(list -> list.isEmpty() ? List.<String>of() : List.of(list.split("\\s*,\\s*", -1)));
        return new CallPattern(
                Types.known(form.group("owner").replace('.', '/')),
                switch (name) {
                    case "new" -> "<init>";
                    case "*" -> "";
                    default -> name;
                },
                name.equals("*") || !form.group("open").isEmpty(),
                parameters);
    }

    /** Whether a call of this name and type is meant, of whatever owner. */
    boolean fits(String called, MethodTypeDesc type) {
        boolean named = open ? called.startsWith(name) && !called.startsWith("<") : called.equals(name);
        return named
                && (parameters.isEmpty()
                        || parameters
                                .get()
                                .equals(type.parameterList().stream()
                                        .map(ClassDesc::displayName)
                                        .map(each -> each.substring(each.lastIndexOf('$') + 1))
                                        .toList()));
    }
}
