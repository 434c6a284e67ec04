package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Value;
import dev.stepzero.scan.code.java.value.Value.TypeName;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.Set;

/** Runs the instructions of a block, one by one, on a state. */
final class Instructions {
    private final MethodRun run;
    private final State state;
    private boolean changed;
    private boolean again;

    Instructions(MethodRun run, State state) {
        this.run = run;
        this.state = state;
    }

    /** Whether the last instruction may have changed what an exception handler sees. */
    boolean mayHaveChangedMuch() {
        return changed;
    }

    /**
     * Runs one.
     *
     * @return whether the next one follows
     */
    boolean run(int index) {
        var instruction = run.code().get(index);
        changed = false;
        again = run.again(index);
        switch (instruction) {
            case LoadInstruction load -> load(load, index);
            case StoreInstruction store -> store(store);
            case ConstantInstruction constant -> constant(constant);
            case InvokeInstruction call -> {
                changed = true;
                return new Calls(run, state).invoke(call, index);
            }
            case InvokeDynamicInstruction call -> {
                changed = true;
                push(new Dynamics(run, state).invoke(call, index), TypeKind.REFERENCE, index);
            }
            case FieldInstruction field -> {
                changed = true;
                new Fields(run, state).access(field, index);
            }
            case BranchInstruction branch -> {
                return branch(branch, index);
            }
            case OperatorInstruction operator -> operator(operator, index);
            case ConvertInstruction convert -> {
                var value = pop(convert.fromType());
                push(Numbers.convert(convert.opcode(), value), convert.toType(), index);
            }
            case StackInstruction stack -> stack(stack.opcode());
            case IncrementInstruction increment ->
                state.variable(
                        slot(increment.slot()),
                        Numbers.operate(
                                Opcode.IADD,
                                state.variable(slot(increment.slot())),
                                Value.constant(increment.constant())));
            case NewObjectInstruction made ->
                push(made(made.className().asInternalName(), index), TypeKind.REFERENCE, index);
            case NewPrimitiveArrayInstruction made ->
                state.push(new Arrays(state)
                        .make(
                                run.number(index),
                                "[" + made.typeKind().upperBound().descriptorString(),
                                state.pop()));
            case NewReferenceArrayInstruction made ->
                state.push(new Arrays(state)
                        .make(
                                run.number(index),
                                "[" + descriptor(made.componentType().asInternalName()),
                                state.pop()));
            case NewMultiArrayInstruction made -> {
                for (int i = 0; i < made.dimensions(); i++) {
                    state.pop();
                }
                push(Value.UNKNOWN.typed(made.arrayType().asInternalName()).notNull(), TypeKind.REFERENCE, index);
            }
            case ArrayLoadInstruction load -> {
                var at = state.pop();
                push(new Arrays(state).load(state.pop(), at), load.typeKind(), index);
            }
            case ArrayStoreInstruction store -> {
                changed = true;
                var value = pop(store.typeKind());
                var at = state.pop();
                new Arrays(state).store(state.pop(), at, value);
            }
            case TypeCheckInstruction check -> check(check, index);
            case LookupSwitchInstruction choice -> {
                choose(choice.cases(), run.code().at(choice.defaultTarget()));
                return false;
            }
            case TableSwitchInstruction choice -> {
                choose(choice.cases(), run.code().at(choice.defaultTarget()));
                return false;
            }
            case ReturnInstruction returned -> {
                var result = returned.typeKind() == TypeKind.VOID ? Value.NOTHING : pop(returned.typeKind());
                run.leave(state, new Sinks(run, state).returned(result, run.place(index)));
                return false;
            }
            case ThrowInstruction _ -> {
                return false;
            }
            case MonitorInstruction _ -> state.pop();
            case NopInstruction _ -> {}
            case DiscontinuedInstruction _ ->
                throw new IllegalArgumentException("it uses instructions that Java gave up in version 7");
            default -> throw new IllegalArgumentException("it has an instruction that is not known");
        }
        return true;
    }

    private Value made(String type, int index) {
        return Paths.isValue(type)
                ? Value.UNKNOWN.typed(type).identified(id(index))
                : state.heap().make(run.number(index), Containers.made(type));
    }

    private static String descriptor(String internal) {
        return internal.startsWith("[") ? internal : "L" + internal + ";";
    }

    private int slot(int slot) {
        if (slot >= run.code().slots()) {
            throw new IllegalArgumentException("it has no variable %d".formatted(slot));
        }
        return slot;
    }

    private void load(LoadInstruction load, int index) {
        int slot = slot(load.slot());
        var value = state.variable(slot);
        if (value.id() == 0 && !value.equals(Value.NOTHING)) {
            value = value.identified(id(index));
            state.variable(slot, value);
        }
        state.push(value);
        if (load.typeKind().slotSize() == 2) {
            state.push(Value.TOP);
        }
    }

    private void store(StoreInstruction store) {
        changed = true;
        int slot = slot(store.slot());
        state.variable(slot, pop(store.typeKind()));
        if (store.typeKind().slotSize() == 2) {
            state.variable(slot(slot + 1), Value.TOP);
        }
    }

    private void constant(ConstantInstruction constant) {
        var value = switch (constant.constantValue()) {
            case Integer number -> Value.constant(number);
            case Long number -> Value.constant(number);
            case Float number -> Value.constant(number);
            case Double number -> Value.constant(number);
            case String text -> Value.constant(text);
            case ClassDesc type -> Value.constant(new TypeName(internal(type))).typed("java/lang/Class");
            case null, default -> constant.opcode() == Opcode.ACONST_NULL ? Value.NULL : Value.UNKNOWN;
        };
        state.push(value);
        if (constant.typeKind().slotSize() == 2) {
            state.push(Value.TOP);
        }
    }

    static String internal(ClassDesc type) {
        var descriptor = type.descriptorString();
        return descriptor.startsWith("L") ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }

    private boolean branch(BranchInstruction branch, int index) {
        int target = run.code().at(branch.target());
        if (branch.opcode() == Opcode.GOTO || branch.opcode() == Opcode.GOTO_W) {
            run.meet(target, state);
            return false;
        }
        var ways = Branching.of(branch.opcode(), state);
        ways.when(true, state).ifPresent(then -> run.meet(target, then));
        ways.when(false, state).ifPresent(then -> run.meet(index + 1, then));
        return false;
    }

    private void choose(List<SwitchCase> cases, int other) {
        var value = state.pop();
        for (var each : cases) {
            if (!value.isConstant() || value.constants().contains(each.caseValue())) {
                var then = state.copy();
                if (!value.isConstant()) {
                    then.refine(value.id(), one -> one.withConstants(Set.of(each.caseValue())));
                }
                run.meet(run.code().at(each.target()), then);
            }
        }
        var listed = cases.stream().map(each -> (Object) each.caseValue()).toList();
        if (!value.isConstant() || !Set.copyOf(listed).containsAll(value.constants())) {
            run.meet(other, state);
        }
    }

    private void operator(OperatorInstruction operator, int index) {
        var opcode = operator.opcode();
        if (opcode == Opcode.ARRAYLENGTH) {
            push(new Arrays(state).length(state.pop()), TypeKind.INT, index);
            return;
        }
        var kind = operator.typeKind();
        boolean unary =
                opcode == Opcode.INEG || opcode == Opcode.LNEG || opcode == Opcode.FNEG || opcode == Opcode.DNEG;
        boolean shift = opcode == Opcode.LSHL || opcode == Opcode.LSHR || opcode == Opcode.LUSHR;
        boolean comparison = opcode.name().contains("CMP");
        var operand = comparison ? compared(opcode) : kind;
        var second = unary ? null : pop(shift ? TypeKind.INT : operand);
        var first = pop(operand);
        push(Numbers.operate(opcode, first, second == null ? first : second), comparison ? TypeKind.INT : kind, index);
    }

    private static TypeKind compared(Opcode opcode) {
        return switch (opcode) {
            case LCMP -> TypeKind.LONG;
            case DCMPL, DCMPG -> TypeKind.DOUBLE;
            default -> TypeKind.FLOAT;
        };
    }

    private void stack(Opcode opcode) {
        switch (opcode) {
            case POP -> state.pop();
            case POP2 -> {
                state.pop();
                state.pop();
            }
            case DUP -> state.duplicate(1, 0);
            case DUP_X1 -> state.duplicate(1, 1);
            case DUP_X2 -> state.duplicate(1, 2);
            case DUP2 -> state.duplicate(2, 0);
            case DUP2_X1 -> state.duplicate(2, 1);
            case DUP2_X2 -> state.duplicate(2, 2);
            case SWAP -> {
                var top = state.pop();
                var below = state.pop();
                state.push(top);
                state.push(below);
            }
            default -> throw new IllegalArgumentException("it has an instruction that is not known");
        }
    }

    private void check(TypeCheckInstruction check, int index) {
        var value = state.pop();
        if (check.opcode() == Opcode.INSTANCEOF) {
            push(value.isNull() ? Value.constant(0) : Value.UNKNOWN, TypeKind.INT, index);
            return;
        }
        var type = check.type().asInternalName();
        boolean known = value.isConstant()
                || (!value.things().isEmpty() && !value.type().isEmpty());
        state.push(known ? value : value.typed(type));
    }

    Value pop(TypeKind kind) {
        if (kind.slotSize() == 2) {
            state.pop();
        }
        return state.pop();
    }

    /** Puts a new value on the stack. */
    private void push(Value value, TypeKind kind, int index) {
        push(state, value, kind, index, again);
    }

    /**
     * Puts a new value on the stack.
     *
     * @param again whether one was made here before, of which copies may be left
     */
    static void push(State state, Value value, TypeKind kind, int index, boolean again) {
        int id = id(index);
        var identified = value.id() != 0 ? value : value.identified(id);
        if (again && identified.id() == id) {
            state.forget(id);
        }
        state.push(identified);
        if (kind.slotSize() == 2) {
            state.push(Value.TOP);
        }
    }

    private static int id(int index) {
        return index + 1;
    }
}
