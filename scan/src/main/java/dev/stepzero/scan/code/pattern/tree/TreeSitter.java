package dev.stepzero.scan.code.pattern.tree;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The functions of tree-sitter 0.26 that are used, as {@code tree_sitter/api.h} declares them. */
@SuppressWarnings("restricted")
final class TreeSitter {
    /** {@code TSNode}: four numbers, of which the first is where it starts, and two pointers. */
    static final MemoryLayout NODE = MemoryLayout.structLayout(
            MemoryLayout.sequenceLayout(4, JAVA_INT), ADDRESS.withName("id"), ADDRESS.withName("tree"));
    /** {@code TSTreeCursor}: two pointers and three numbers. */
    static final MemoryLayout CURSOR = MemoryLayout.structLayout(
            ADDRESS, ADDRESS, MemoryLayout.sequenceLayout(3, JAVA_INT), MemoryLayout.paddingLayout(4));
    /** {@code TSPoint}: row and column. */
    static final MemoryLayout POINT = MemoryLayout.structLayout(JAVA_INT, JAVA_INT);
    /** {@code TSInput}: payload, {@code read}, encoding, {@code decode}. */
    static final MemoryLayout INPUT =
            MemoryLayout.structLayout(ADDRESS, ADDRESS, JAVA_INT, MemoryLayout.paddingLayout(4), ADDRESS);
    /** {@code TSParseOptions}: payload, {@code progress_callback}. */
    static final MemoryLayout OPTIONS = MemoryLayout.structLayout(ADDRESS, ADDRESS);

    static final int UTF_16_LE = 1;
    static final FunctionDescriptor READ = FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, POINT, ADDRESS);
    static final FunctionDescriptor PROGRESS = FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS);

    private static final AddressLayout TEXT = ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(1 << 10, JAVA_BYTE));

    private final Linker linker;
    private final SymbolLookup library;

    final MethodHandle newParser;
    final MethodHandle deleteParser;
    final MethodHandle setLanguage;
    final MethodHandle parse;
    final MethodHandle deleteTree;
    final MethodHandle root;
    final MethodHandle symbol;
    final MethodHandle end;
    final MethodHandle hasError;
    final MethodHandle newCursor;
    final MethodHandle deleteCursor;
    final MethodHandle current;
    final MethodHandle field;
    final MethodHandle toChild;
    final MethodHandle toSibling;
    final MethodHandle toParent;
    final MethodHandle symbols;
    final MethodHandle symbolName;
    final MethodHandle symbolType;
    final MethodHandle fields;
    final MethodHandle fieldName;

    TreeSitter(SymbolLookup library) {
        this.linker = Linker.nativeLinker();
        this.library = library;
        newParser = function("ts_parser_new", FunctionDescriptor.of(ADDRESS));
        deleteParser = function("ts_parser_delete", FunctionDescriptor.ofVoid(ADDRESS));
        setLanguage = function("ts_parser_set_language", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, ADDRESS));
        parse = function(
                "ts_parser_parse_with_options", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, INPUT, OPTIONS));
        deleteTree = function("ts_tree_delete", FunctionDescriptor.ofVoid(ADDRESS));
        root = function("ts_tree_root_node", FunctionDescriptor.of(NODE, ADDRESS));
        hasError = function("ts_node_has_error", FunctionDescriptor.of(JAVA_BOOLEAN, NODE));
        newCursor = function("ts_tree_cursor_new", FunctionDescriptor.of(CURSOR, NODE));
        deleteCursor = function("ts_tree_cursor_delete", FunctionDescriptor.ofVoid(ADDRESS));
        symbol = leaf("ts_node_symbol", FunctionDescriptor.of(JAVA_SHORT, NODE));
        end = leaf("ts_node_end_byte", FunctionDescriptor.of(JAVA_INT, NODE));
        current = leaf("ts_tree_cursor_current_node", FunctionDescriptor.of(NODE, ADDRESS));
        field = leaf("ts_tree_cursor_current_field_id", FunctionDescriptor.of(JAVA_SHORT, ADDRESS));
        toChild = leaf("ts_tree_cursor_goto_first_child", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
        toSibling = leaf("ts_tree_cursor_goto_next_sibling", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
        toParent = leaf("ts_tree_cursor_goto_parent", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
        symbols = function("ts_language_symbol_count", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        symbolName = function("ts_language_symbol_name", FunctionDescriptor.of(TEXT, ADDRESS, JAVA_SHORT));
        symbolType = function("ts_language_symbol_type", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_SHORT));
        fields = function("ts_language_field_count", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        fieldName = function("ts_language_field_name_for_id", FunctionDescriptor.of(TEXT, ADDRESS, JAVA_SHORT));
    }

    private MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        return linker.downcallHandle(library.findOrThrow(name), type, options);
    }

    /** A function that ends at once and calls nothing of ours: the call leaves out what others need. */
    private MethodHandle leaf(String name, FunctionDescriptor type) {
        return function(name, type, Linker.Option.critical(false));
    }

    /** A function of another library that gives back a pointer. */
    MethodHandle pointer(SymbolLookup from, String name) {
        return linker.downcallHandle(from.findOrThrow(name), FunctionDescriptor.of(ADDRESS));
    }
}
