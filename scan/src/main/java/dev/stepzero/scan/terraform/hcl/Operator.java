package dev.stepzero.scan.terraform.hcl;

/** HCL's binary operators, each with how strongly it binds. */
enum Operator {
    NONE("", -1),
    OR("||", 0),
    AND("&&", 1),
    EQUAL("==", 2),
    UNEQUAL("!=", 2),
    LESS("<", 3),
    AT_MOST("<=", 3),
    GREATER(">", 3),
    AT_LEAST(">=", 3),
    PLUS("+", 4),
    MINUS("-", 4),
    TIMES("*", 5),
    BY("/", 5),
    MODULO("%", 5);

    final String symbol;
    final int strength;

    Operator(String symbol, int strength) {
        this.symbol = symbol;
        this.strength = strength;
    }

    /** The one that these two characters begin with. */
    static Operator at(char first, char second) {
        boolean equals = second == '=';
        return switch (first) {
            case '|' -> second == '|' ? OR : NONE;
            case '&' -> second == '&' ? AND : NONE;
            case '=' -> equals ? EQUAL : NONE;
            case '!' -> equals ? UNEQUAL : NONE;
            case '<' -> equals ? AT_MOST : LESS;
            case '>' -> equals ? AT_LEAST : GREATER;
            case '+' -> PLUS;
            case '-' -> MINUS;
            case '*' -> TIMES;
            case '/' -> BY;
            case '%' -> MODULO;
            default -> NONE;
        };
    }
}
