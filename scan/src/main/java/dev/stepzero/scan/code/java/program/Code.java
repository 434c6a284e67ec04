package dev.stepzero.scan.code.java.program;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;

/** The instructions of a method, numbered, with where they may go. */
public final class Code {
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private final List<Handler> handlers = new ArrayList<>();
    private final IdentityHashMap<Label, Integer> targets = new IdentityHashMap<>();
    private final BitSet leaders = new BitSet();
    private final int slots;

    /**
     * Where exceptions of some instructions are caught.
     *
     * @param type what is caught, as the JVM writes it
     */
    public record Handler(int start, int end, int target, String type) {}

    /** Decodes a method. @throws IllegalArgumentException if it is no sound one */
    public Code(CodeModel model, int slots) {
        this.slots = slots;
        int line = 0;
        var elements = new ArrayList<CodeElement>();
        model.forEach(elements::add);
        for (var element : elements) {
            switch (element) {
                case LineNumber number -> line = number.line();
                case LabelTarget target -> targets.put(target.label(), instructions.size());
                case Instruction instruction -> {
                    instructions.add(instruction);
                    lines.add(line);
                }
                default -> {}
            }
        }
        for (var element : elements) {
            if (element instanceof ExceptionCatch caught) {
                var type = caught.catchType().map(each -> each.asInternalName()).orElse("java/lang/Throwable");
                int target = at(caught.handler());
                handlers.add(new Handler(at(caught.tryStart()), at(caught.tryEnd()), target, type));
                leaders.set(target);
                leaders.set(at(caught.tryStart()));
            }
        }
        leaders.set(0);
        for (int i = 0; i < instructions.size(); i++) {
            lead(instructions.get(i));
        }
    }

    private void lead(Instruction instruction) {
        switch (instruction) {
            case BranchInstruction branch -> leaders.set(at(branch.target()));
            case LookupSwitchInstruction choice -> lead(choice.cases(), choice.defaultTarget());
            case TableSwitchInstruction choice -> lead(choice.cases(), choice.defaultTarget());
            default -> {}
        }
    }

    private void lead(List<SwitchCase> cases, Label other) {
        leaders.set(at(other));
        cases.forEach(each -> leaders.set(at(each.target())));
    }

    /** The number of the instruction at a label. @throws IllegalArgumentException if there is none */
    public int at(Label label) {
        var index = targets.get(label);
        if (index == null) {
            throw new IllegalArgumentException("a jump leads nowhere");
        }
        return index;
    }

    public int size() {
        return instructions.size();
    }

    /** How many slots the method has for its variables. */
    public int slots() {
        return slots;
    }

    public Instruction get(int index) {
        return instructions.get(index);
    }

    public int line(int index) {
        return index < lines.size() ? lines.get(index) : 0;
    }

    public List<Handler> handlers() {
        return handlers;
    }

    /** Whether an instruction may be reached from others than the one before it. */
    public boolean isLeader(int index) {
        return leaders.get(index);
    }
}
