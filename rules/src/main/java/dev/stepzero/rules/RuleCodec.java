package dev.stepzero.rules;

import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.core.resource.Value;
import dev.stepzero.rules.condition.Term;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Rules as bytes, so that starting up needs neither YAML nor CEL. */
final class RuleCodec {
    private RuleCodec() {}

    static void write(Rule rule, DataOutput out) throws IOException {
        out.writeUTF(rule.id());
        out.writeUTF(rule.title());
        out.writeUTF(rule.severity().name());
        texts(rule.stride().stream().map(Stride::name).sorted().toList(), out);
        out.writeShort(rule.cwe().size());
        for (int number : rule.cwe()) {
            out.writeInt(number);
        }
        out.writeUTF(rule.why());
        out.writeUTF(rule.fix());
        texts(rule.controls(), out);
        texts(rule.aliases(), out);
        out.writeShort(rule.looks().size());
        for (var look : rule.looks()) {
            texts(look.kinds(), out);
            terms(look.applies().stream().toList(), out);
            texts(look.variables(), out);
            terms(look.each().map(Rule.Each::list).stream().toList(), out);
            term(look.fails(), out);
            out.writeUTF(look.at());
            terms(look.message(), out);
        }
        out.writeShort(rule.adjustments().size());
        for (var adjustment : rule.adjustments()) {
            term(adjustment.condition(), out);
            out.writeUTF(adjustment.severity().name());
            out.writeUTF(adjustment.because());
        }
    }

    static Rule read(DataInput in) throws IOException {
        var id = in.readUTF();
        var title = in.readUTF();
        var severity = Severity.valueOf(in.readUTF());
        var stride = EnumSet.noneOf(Stride.class);
        texts(in).forEach(each -> stride.add(Stride.valueOf(each)));
        var cwe = new ArrayList<Integer>();
        for (int left = in.readShort(); left > 0; left--) {
            cwe.add(in.readInt());
        }
        var why = in.readUTF();
        var fix = in.readUTF();
        var controls = texts(in);
        var aliases = texts(in);
        var looks = new ArrayList<Rule.Look>();
        for (int left = in.readShort(); left > 0; left--) {
            looks.add(look(in));
        }
        var adjustments = new ArrayList<Rule.Adjustment>();
        for (int left = in.readShort(); left > 0; left--) {
            adjustments.add(new Rule.Adjustment(term(in), Severity.valueOf(in.readUTF()), in.readUTF()));
        }
        return new Rule(id, title, severity, stride, cwe, why, fix, controls, aliases, looks, adjustments);
    }

    private static Rule.Look look(DataInput in) throws IOException {
        var kinds = texts(in);
        var applies = terms(in).stream().findFirst();
        var names = texts(in);
        var lists = terms(in);
        Optional<Rule.Each> each =
                names.isEmpty() ? Optional.empty() : Optional.of(new Rule.Each(names.getFirst(), lists.getFirst()));
        return new Rule.Look(kinds, applies, each, term(in), in.readUTF(), terms(in));
    }

    private static void texts(List<String> texts, DataOutput out) throws IOException {
        out.writeShort(texts.size());
        for (var text : texts) {
            out.writeUTF(text);
        }
    }

    private static List<String> texts(DataInput in) throws IOException {
        int size = in.readShort();
        var texts = new ArrayList<String>(size);
        for (int i = 0; i < size; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static void terms(List<Term> terms, DataOutput out) throws IOException {
        out.writeShort(terms.size());
        for (var term : terms) {
            term(term, out);
        }
    }

    private static List<Term> terms(DataInput in) throws IOException {
        int size = in.readShort();
        var terms = new ArrayList<Term>(size);
        for (int i = 0; i < size; i++) {
            terms.add(term(in));
        }
        return terms;
    }

    private static void term(Term term, DataOutput out) throws IOException {
        switch (term) {
            case Term.Constant constant -> constant(constant.value(), out);
            case Term.Name name -> {
                out.writeByte('n');
                out.writeUTF(name.name());
            }
            case Term.Select select -> {
                out.writeByte('s');
                term(select.of(), out);
                out.writeUTF(select.name());
            }
            case Term.Call call -> {
                out.writeByte('c');
                out.writeUTF(call.function());
                terms(call.arguments(), out);
            }
            case Term.Items items -> {
                out.writeByte('i');
                terms(items.items(), out);
            }
            case Term.Each each -> {
                out.writeByte('e');
                out.writeUTF(each.macro().name());
                term(each.range(), out);
                out.writeUTF(each.name());
                term(each.body(), out);
            }
        }
    }

    private static void constant(Value value, DataOutput out) throws IOException {
        switch (value) {
            case Value.Text text -> {
                out.writeByte('"');
                out.writeUTF(text.value());
            }
            case Value.Numeric number -> {
                out.writeByte('#');
                out.writeUTF(number.value().toString());
            }
            case Value.Bool bool -> out.writeByte(bool.value() ? '+' : '-');
            default -> out.writeByte('0');
        }
    }

    private static Term term(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case '"' -> new Term.Constant(Value.of(in.readUTF()));
            case '#' -> new Term.Constant(new Value.Numeric(new BigDecimal(in.readUTF())));
            case '+' -> new Term.Constant(Value.TRUE);
            case '-' -> new Term.Constant(Value.FALSE);
            case '0' -> new Term.Constant(Value.ABSENT);
            case 'n' -> new Term.Name(in.readUTF());
            case 's' -> new Term.Select(term(in), in.readUTF());
            case 'c' -> new Term.Call(in.readUTF(), terms(in));
            case 'i' -> new Term.Items(terms(in));
            case 'e' -> new Term.Each(Term.Macro.valueOf(in.readUTF()), term(in), in.readUTF(), term(in));
            default -> throw new IOException("no term begins with " + kind);
        };
    }
}
