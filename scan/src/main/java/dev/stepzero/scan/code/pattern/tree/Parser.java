package dev.stepzero.scan.code.pattern.tree;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts by tree-sitter. The native libraries are loaded with the first text of each grammar. The tree is copied out
 * by one walk of a cursor, and nothing native is kept. Not for use by several threads.
 */
public final class Parser {
    /** Larger files are not read. */
    public static final int MOST_BYTES = 2 << 20;

    /** Longer texts are not read. */
    public static final int MOST_CHARACTERS = MOST_BYTES;

    private static final short NO_RULE = (short) 0xFFFF;

    private final NativeLibraries libraries = new NativeLibraries();
    private final Duration patience;
    private final Map<Grammar, Loaded> loaded = new HashMap<>();
    private TreeSitter[] functions = {};

    /** @param patience how long one text may take */
    public Parser(Duration patience) {
        this.patience = patience;
    }

    /** A text that was given up; the message says why. */
    public static final class Unparsed extends Exception {
        private static final long serialVersionUID = 1;

        Unparsed(String why) {
            super(why);
        }
    }

    /** A grammar; its library is unloaded when nobody refers to it any more, so it is kept here. */
    private record Loaded(SymbolLookup library, MemorySegment language, List<String> kinds, List<String> fields) {}

    /**
     * The tree of a text; where there are errors in it, the tree says so and holds the rest.
     *
     * @throws Unparsed if it is too long or takes too long
     */
    public SyntaxTree parse(String text, Grammar grammar) throws Unparsed {
        if (text.length() > MOST_CHARACTERS) {
            throw new Unparsed("it has %d million characters, more than the 2 that are read"
                    .formatted((text.length() + 999_999) / 1_000_000));
        }
        try {
            var tree = parse(functions(), text, loaded(grammar));
            if (tree == null) {
                throw new Unparsed("reading it took longer than %d s".formatted(patience.toSeconds()));
            }
            return tree;
        } catch (Unparsed | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private TreeSitter functions() {
        if (functions.length == 0) {
            functions = new TreeSitter[] {new TreeSitter(libraries.load("tree-sitter"))};
        }
        return functions[0];
    }

    private Loaded loaded(Grammar grammar) throws Throwable {
        var known = loaded.get(grammar);
        if (known == null) {
            known = load(functions(), grammar);
            loaded.put(grammar, known);
        }
        return known;
    }

    private Loaded load(TreeSitter ts, Grammar grammar) throws Throwable {
        var library = libraries.load("tree-sitter-" + grammar.library());
        var language = (MemorySegment)
                ts.pointer(library, "tree_sitter_" + grammar.library()).invokeExact();
        var kinds = new ArrayList<String>();
        int symbols = (int) ts.symbols.invokeExact(language);
        for (int i = 0; i < symbols; i++) {
            var name = ((MemorySegment) ts.symbolName.invokeExact(language, (short) i)).getString(0);
            boolean isToken = (int) ts.symbolType.invokeExact(language, (short) i) == 1;
            kinds.add((isToken ? "\"" + name : name).intern());
        }
        kinds.add(SyntaxTree.ERROR);
        var fields = new ArrayList<String>(List.of(""));
        int count = (int) ts.fields.invokeExact(language);
        for (int i = 1; i <= count; i++) {
            fields.add(((MemorySegment) ts.fieldName.invokeExact(language, (short) i)).getString(0));
        }
        return new Loaded(library, language, List.copyOf(kinds), List.copyOf(fields));
    }

    private @Nullable SyntaxTree parse(TreeSitter ts, String text, Loaded grammar) throws Throwable {
        try (var arena = Arena.ofConfined()) {
            var parser = (MemorySegment) ts.newParser.invokeExact();
            try {
                if (!(boolean) ts.setLanguage.invokeExact(parser, grammar.language())) {
                    throw new IllegalStateException("the grammar's version does not fit tree-sitter's");
                }
                var callbacks = new Callbacks(arena, text, patience);
                var tree = (MemorySegment)
                        ts.parse.invokeExact(parser, MemorySegment.NULL, callbacks.input(), callbacks.options());
                if (tree.equals(MemorySegment.NULL)) {
                    return null;
                }
                try {
                    return copy(ts, tree, arena, new SyntaxTree(text, grammar.kinds(), grammar.fields()));
                } finally {
                    ts.deleteTree.invokeExact(tree);
                }
            } finally {
                ts.deleteParser.invokeExact(parser);
            }
        }
    }

    /** Without recursion: a text may be nested as deeply as it is long. */
    private static SyntaxTree copy(TreeSitter ts, MemorySegment tree, Arena arena, SyntaxTree copy) throws Throwable {
        SegmentAllocator place = SegmentAllocator.prefixAllocator(arena.allocate(TreeSitter.NODE));
        var root = (MemorySegment) ts.root.invokeExact((SegmentAllocator) arena, tree);
        if ((boolean) ts.hasError.invokeExact(root)) {
            copy.hasErrors(true);
        }
        var cursor = (MemorySegment) ts.newCursor.invokeExact((SegmentAllocator) arena, root);
        var open = new int[64];
        int depth = 0;
        try {
            while (true) {
                var node = (MemorySegment) ts.current.invokeExact(place, cursor);
                short kind = (short) ts.symbol.invokeExact(node);
                int added = copy.add(
                        kind == NO_RULE ? -1 : kind & 0xFFFF,
                        (short) ts.field.invokeExact(cursor),
                        node.get(ValueLayout.JAVA_INT, 0) / 2,
                        (int) ts.end.invokeExact(node) / 2);
                if ((boolean) ts.toChild.invokeExact(cursor)) {
                    if (depth == open.length) {
                        open = Arrays.copyOf(open, depth * 2);
                    }
                    open[depth++] = added;
                    continue;
                }
                copy.close(added);
                while (!(boolean) ts.toSibling.invokeExact(cursor)) {
                    if (depth == 0) {
                        return copy;
                    }
                    boolean _ = (boolean) ts.toParent.invokeExact(cursor);
                    copy.close(open[--depth]);
                }
            }
        } finally {
            ts.deleteCursor.invokeExact(cursor);
        }
    }

    /** What tree-sitter asks while it reads: for the text, and whether to go on. An error in here would end the program. */
    @SuppressWarnings("restricted")
    private static final class Callbacks {
        private final MemorySegment text;
        private final MemorySegment input;
        private final MemorySegment options;
        private final long deadline;
        private final int length;

        Callbacks(Arena arena, String text, Duration patience) throws ReflectiveOperationException {
            var bytes = text.getBytes(StandardCharsets.UTF_16LE);
            this.text = arena.allocate(Math.max(bytes.length, 1));
            MemorySegment.copy(bytes, 0, this.text, ValueLayout.JAVA_BYTE, 0, bytes.length);
            this.deadline = System.nanoTime() + patience.toNanos();
            var lookup = MethodHandles.lookup();
            var linker = Linker.nativeLinker();
            MethodHandle read = lookup.bind(
                    this,
                    "read",
                    MethodType.methodType(
                            MemorySegment.class,
                            MemorySegment.class,
                            int.class,
                            MemorySegment.class,
                            MemorySegment.class));
            MethodHandle progress =
                    lookup.bind(this, "isEnough", MethodType.methodType(boolean.class, MemorySegment.class));
            input = arena.allocate(TreeSitter.INPUT);
            input.set(ValueLayout.ADDRESS, 8, linker.upcallStub(read, TreeSitter.READ, arena));
            input.set(ValueLayout.JAVA_INT, 16, TreeSitter.UTF_16_LE);
            options = arena.allocate(TreeSitter.OPTIONS);
            options.set(ValueLayout.ADDRESS, 8, linker.upcallStub(progress, TreeSitter.PROGRESS, arena));
            length = bytes.length;
        }

        MemorySegment input() {
            return input;
        }

        MemorySegment options() {
            return options;
        }

        @SuppressWarnings("unused")
        private MemorySegment read(MemorySegment payload, int offset, MemorySegment point, MemorySegment size) {
            long left = Math.max(0, length - Integer.toUnsignedLong(offset));
            size.reinterpret(Integer.BYTES).set(ValueLayout.JAVA_INT, 0, (int) left);
            return text.asSlice(length - left);
        }

        @SuppressWarnings("unused")
        private boolean isEnough(MemorySegment state) {
            return System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted();
        }
    }
}
