package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Value;
import java.lang.classfile.Opcode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Arithmetic on what is known of numbers. */
final class Numbers {
    private static final int MOST = 8;

    private Numbers() {}

    /** The result of an operator; also of one that takes one number, which is then given twice. */
    static Value operate(Opcode opcode, Value one, Value other) {
        return combine(one, other, (a, b) -> operate(opcode, a, b))
                .plus(one.taint())
                .plus(other.taint());
    }

    private static Value combine(Value one, Value other, BiFunction<Object, Object, Optional<Object>> function) {
        if (!one.isConstant() || !other.isConstant()) {
            return Value.UNKNOWN;
        }
        Set<Object> results = new HashSet<>();
        for (var a : one.constants()) {
            for (var b : other.constants()) {
                var result = function.apply(a, b);
                if (result.isEmpty() || results.size() >= MOST) {
                    return Value.UNKNOWN;
                }
                results.add(result.get());
            }
        }
        return Value.NOTHING.withConstants(results);
    }

    private static Optional<Object> operate(Opcode opcode, Object one, Object other) {
        try {
            return switch (one) {
                case Integer a when other instanceof Integer b -> Optional.ofNullable(integers(opcode, a, b));
                case Long a when other instanceof Number b -> Optional.ofNullable(longs(opcode, a, b.longValue()));
                case Float a when other instanceof Float b -> Optional.ofNullable(doubles(opcode, a, b, true));
                case Double a when other instanceof Double b -> Optional.ofNullable(doubles(opcode, a, b, false));
                default -> Optional.empty();
            };
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static @org.jspecify.annotations.Nullable Object integers(Opcode opcode, int a, int b) {
        return switch (opcode) {
            case IADD -> a + b;
            case ISUB -> a - b;
            case IMUL -> a * b;
            case IDIV -> a / b;
            case IREM -> a % b;
            case INEG -> -a;
            case ISHL -> a << b;
            case ISHR -> a >> b;
            case IUSHR -> a >>> b;
            case IAND -> a & b;
            case IOR -> a | b;
            case IXOR -> a ^ b;
            default -> null;
        };
    }

    private static @org.jspecify.annotations.Nullable Object longs(Opcode opcode, long a, long b) {
        return switch (opcode) {
            case LADD -> a + b;
            case LSUB -> a - b;
            case LMUL -> a * b;
            case LDIV -> a / b;
            case LREM -> a % b;
            case LNEG -> -a;
            case LSHL -> a << b;
            case LSHR -> a >> b;
            case LUSHR -> a >>> b;
            case LAND -> a & b;
            case LOR -> a | b;
            case LXOR -> a ^ b;
            case LCMP -> Long.compare(a, b);
            default -> null;
        };
    }

    private static @org.jspecify.annotations.Nullable Object doubles(
            Opcode opcode, double a, double b, boolean single) {
        double result = switch (opcode) {
            case FADD, DADD -> a + b;
            case FSUB, DSUB -> a - b;
            case FMUL, DMUL -> a * b;
            case FDIV, DDIV -> a / b;
            case FREM, DREM -> a % b;
            case FNEG, DNEG -> -a;
            default -> Double.NaN;
        };
        if (opcode == Opcode.FCMPL || opcode == Opcode.FCMPG || opcode == Opcode.DCMPL || opcode == Opcode.DCMPG) {
            return a < b ? -1 : a > b ? 1 : 0;
        }
        if (single) {
            return (float) result;
        }
        return result;
    }

    /** A number as another type of number; the opcode says which. */
    static Value convert(Opcode opcode, Value value) {
        return combine(
                        value,
                        value,
                        (a, b) -> a instanceof Number number && a.equals(b)
                                ? Optional.ofNullable(convert(opcode, number))
                                : Optional.empty())
                .plus(value.taint());
    }

    private static @org.jspecify.annotations.Nullable Object convert(Opcode opcode, Number number) {
        return switch (opcode) {
            case I2L, F2L, D2L -> number.longValue();
            case I2F, L2F, D2F -> number.floatValue();
            case I2D, L2D, F2D -> number.doubleValue();
            case L2I, F2I, D2I -> number.intValue();
            case I2B -> (int) number.byteValue();
            case I2C -> (int) (char) number.intValue();
            case I2S -> (int) number.shortValue();
            default -> null;
        };
    }
}
