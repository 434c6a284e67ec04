package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;

/** Functions of paths and of files in the tree. */
final class TreeFunctions {
    private TreeFunctions() {}

    static Value call(Arguments arguments) {
        return switch (arguments.function()) {
            case "basename" -> Value.of(Paths.last(arguments.text(0)));
            case "dirname" -> Value.of(Paths.directory(arguments.text(0)));
            case "abspath" -> absolute(arguments.text(0));
            case "pathexpand" -> expanded(arguments.text(0));
            case "file" -> Value.of(content(arguments));
            case "filebase64" -> Value.of(Encodings.base64(bytes(arguments)));
            case "fileexists" ->
                Value.of(arguments.scope().read(arguments.text(0)).isPresent());
            case "filemd5", "filesha1", "filesha256", "filesha512" ->
                Value.of(Digests.hex(arguments.function().substring("file".length()), bytes(arguments)));
            case "filebase64sha256", "filebase64sha512" ->
                Value.of(Digests.base64(arguments.function().substring("filebase64".length()), bytes(arguments)));
            case "fileset" -> files(arguments);
            case "templatefile" ->
                arguments.scope().template(arguments.text(0), content(arguments), arguments.mapping(1));
            case "templatestring" ->
                arguments.scope().template("templatestring", arguments.text(0), arguments.mapping(1));
            default -> throw Subject.missing(arguments);
        };
    }

    private static Value absolute(String path) {
        if (path.startsWith("/")) {
            return Value.of(Paths.clean(path));
        }
        var here = Unknown.because("the directory that Terraform runs in").present();
        return Unknown.text(List.of(here, Value.of("/" + Paths.clean(path))));
    }

    private static Value expanded(String path) {
        if (!path.startsWith("~")) {
            return Value.of(path);
        }
        var home = Unknown.because("the home directory of who runs Terraform").present();
        return Unknown.text(List.of(home, Value.of(path.substring(1))));
    }

    private static byte[] bytes(Arguments arguments) {
        var path = arguments.text(0);
        return arguments
                .scope()
                .read(path)
                .orElseThrow(
                        () -> arguments.wrong(0, "no file exists at \"" + path + "\" in the tree that is scanned"));
    }

    private static String content(Arguments arguments) {
        return Encodings.text(bytes(arguments), "the contents of the file are not valid UTF-8");
    }

    private static Value files(Arguments arguments) {
        var glob = Glob.of(arguments.text(1));
        var found = new ArrayList<Value>();
        for (var path : arguments.scope().list(Paths.clean(arguments.text(0)))) {
            if (glob.matches(path)) {
                found.add(Value.of(path));
            }
        }
        return Sets.ordered(Value.listOf(found).items());
    }
}
