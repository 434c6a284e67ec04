package dev.stepzero.scan.terraform.functions;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the table of functions says of one.
 *
 * @param nullable whether its answer may be null
 */
record Signature(String name, Subject subject, int fewest, int most, boolean nullable) {
    private static final int ANY = Integer.MAX_VALUE;

    private static final Map<String, Signature> ALL = new HashMap<>();

    static {
        add(Subject.NUMBERS, 1, 1, "abs ceil floor signum sum");
        add(Subject.NUMBERS, 2, 2, "log parseint pow");
        add(Subject.NUMBERS, 1, ANY, "max min");
        add(Subject.TEXTS, 1, 1, "chomp lower strrev title trimspace upper");
        add(Subject.TEXTS, 2, 2, "endswith indent split startswith strcontains trim trimprefix trimsuffix");
        add(Subject.TEXTS, 2, ANY, "join");
        add(Subject.TEXTS, 3, 3, "substr");
        add(Subject.PATTERNS, 2, 2, "regex regexall");
        add(Subject.PATTERNS, 3, 3, "replace");
        add(Subject.FORMATS, 1, ANY, "format formatlist");
        add(Subject.LISTS, 1, 1, "alltrue anytrue compact distinct flatten reverse sort");
        add(Subject.LISTS, 2, 2, "chunklist contains index");
        add(Subject.LISTS, 1, ANY, "coalescelist");
        add(Subject.LISTS, 0, ANY, "concat list");
        add(Subject.LISTS, 1, 3, "range");
        add(Subject.LISTS, 3, 3, "slice");
        addNullable(Subject.CHOICES, 1, ANY, "coalesce");
        addNullable(Subject.CHOICES, 1, 1, "one");
        addNullable(Subject.CHOICES, 2, 2, "element");
        addNullable(Subject.CHOICES, 2, 3, "lookup");
        add(Subject.CHOICES, 1, 1, "length");
        add(Subject.MAPS, 1, 1, "keys transpose values");
        add(Subject.MAPS, 0, ANY, "map merge");
        add(Subject.MAPS, 2, 2, "zipmap");
        add(Subject.SETS, 1, ANY, "setintersection setunion");
        add(Subject.SETS, 2, 2, "setsubtract");
        add(Subject.SETS, 1, ANY, "setproduct");
        add(Subject.SETS, 3, 3, "matchkeys");
        add(Subject.ENCODINGS, 1, 1, "base64decode base64encode base64gzip urlencode");
        add(Subject.ENCODINGS, 2, 2, "textdecodebase64 textencodebase64");
        addNullable(Subject.DOCUMENTS, 1, 1, "csvdecode jsondecode yamldecode");
        add(Subject.DOCUMENTS, 1, 1, "jsonencode yamlencode");
        add(Subject.DIGESTS, 1, 1, "base64sha256 base64sha512 md5 sha1 sha256 sha512");
        add(Subject.DIGESTS, 2, 2, "rsadecrypt uuidv5");
        add(Subject.DIGESTS, 1, 2, "bcrypt");
        add(Subject.DIGESTS, 0, 0, "uuid");
        add(Subject.DATES, 0, 0, "plantimestamp timestamp");
        add(Subject.DATES, 2, 2, "formatdate timeadd timecmp");
        add(Subject.NETWORKS, 1, 1, "cidrnetmask");
        add(Subject.NETWORKS, 2, 2, "cidrhost");
        add(Subject.NETWORKS, 3, 3, "cidrsubnet");
        add(Subject.NETWORKS, 1, ANY, "cidrsubnets");
        add(Subject.FILES, 1, 1, "abspath basename dirname pathexpand file filebase64 fileexists");
        add(Subject.FILES, 1, 1, "filebase64sha256 filebase64sha512 filemd5 filesha1 filesha256 filesha512");
        add(Subject.FILES, 2, 2, "fileset");
        addNullable(Subject.FILES, 2, 2, "templatefile templatestring");
        addNullable(Subject.TYPES, 1, 1, "tobool tolist tomap tonumber toset tostring");
        addNullable(Subject.TYPES, 1, 1, "ephemeralasnull nonsensitive sensitive");
        add(Subject.TYPES, 1, 1, "can issensitive type");
        addNullable(Subject.TYPES, 1, ANY, "try");
    }

    static Optional<Signature> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static Iterable<String> names() {
        return ALL.keySet();
    }

    private static void add(Subject subject, int fewest, int most, String names) {
        add(subject, fewest, most, names, false);
    }

    private static void addNullable(Subject subject, int fewest, int most, String names) {
        add(subject, fewest, most, names, true);
    }

    private static void add(Subject subject, int fewest, int most, String names, boolean nullable) {
        for (var name : names.split(" ", -1)) {
            ALL.put(name, new Signature(name, subject, fewest, most, nullable));
        }
    }

    void check(int given) {
        if (given < fewest) {
            throw new FunctionError("not enough function arguments: it takes %d, not %d".formatted(fewest, given));
        }
        if (given > most) {
            throw new FunctionError("too many function arguments: it takes at most %d, not %d".formatted(most, given));
        }
    }
}
