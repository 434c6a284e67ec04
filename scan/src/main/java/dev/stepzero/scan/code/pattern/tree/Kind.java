package dev.stepzero.scan.code.pattern.tree;

/**
 * What a node of the neutral tree is. In brackets stand its children in their order; the node's value is named where it
 * has one.
 */
public enum Kind {
    /** A name; value: the name. */
    NAME,
    /** A part of an object [object]; value: the part's name. */
    MEMBER,
    /** An element of an object [object, index...]. */
    INDEX,
    /** A call [callee, arguments...], which may be {@link #KEYWORD} and {@link #SPREAD}. */
    CALL,
    /** A call that makes an object, where the language tells [callee, arguments...]. */
    NEW,
    /** A text constant; value: the text, with escapes decoded. */
    TEXT,
    /** A text with values in it [parts...]. */
    TEMPLATE,
    /** A number; value: in decimal. */
    NUMBER,
    /** Another constant; value: {@code true}, {@code false}, {@code null} or the like. */
    CONSTANT,
    /** A list, tuple, set or array [elements...]; value: its type where it is written. */
    LIST,
    /** A map or object [pairs...]; value: its type where it is written. */
    MAP,
    /** An entry [key, value]. A key that is a plain word is a {@link #TEXT}. */
    PAIR,
    /** A named argument [value]; value: the name. */
    KEYWORD,
    /** A value that is spread out [value]; value: how that is written. */
    SPREAD,
    /** An operation on two values [left, right]; value: the operator. */
    BINARY,
    /** An operation on one value [value]; value: the operator. */
    UNARY,
    /** A choice of values [test, one, other]. */
    CONDITIONAL,
    /** An assignment or declaration [target, value]; value: {@code =} or the operator, such as {@code +=}. */
    ASSIGN,
    /** A function, method or lambda [{@link #LIST} of decorators, {@link #LIST} of parameters, body]; value: the name. */
    FUNCTION,
    /** A parameter [default value, if any]; value: the name. */
    PARAMETER,
    /** A class [{@link #LIST} of decorators, {@link #LIST} of what it extends, body]; value: the name. */
    CLASS,
    /** Statements [statements...]. */
    BLOCK,
    /** A conditional statement [test, block, test, block..., block for all else if any]. */
    IF,
    /** A loop over elements [target, elements, body]. */
    EACH,
    /** Another loop [parts..., body]. */
    LOOP,
    /** A statement that gives back a value [value, if any]. */
    RETURN,
    /** A statement that raises an error [value, if any]. */
    THROW,
    /** What a file makes known; value: the canonical name; {@link Node#declared()} the name here. */
    IMPORT,
    /** A place where syntax errors were. */
    ERROR,
    /** Anything else; {@link Node#type()} tells what. */
    OTHER,
    /** Only in patterns: any number of siblings. */
    REST
}
