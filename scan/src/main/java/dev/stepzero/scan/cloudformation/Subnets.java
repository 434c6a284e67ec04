package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** What {@code Fn::Cidr} cuts out of an address block: so many networks of two to the power of so many addresses. */
final class Subnets {
    private static final int MOST = 256;
    private static final int LONGEST_ADDRESS = 45;

    private Subnets() {}

    /** An address block. */
    private record Block(BigInteger first, int prefix, int bits) {
        static Optional<Block> of(String text) {
            int slash = text.indexOf('/');
            if (slash < 0 || slash > LONGEST_ADDRESS) {
                return Optional.empty();
            }
            try {
                var address = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
                int prefix = Integer.parseInt(text.substring(slash + 1));
                int bits = address.length * 8;
                return prefix < 0 || prefix > bits
                        ? Optional.empty()
                        : Optional.of(new Block(masked(new BigInteger(1, address), bits - prefix), prefix, bits));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private static BigInteger masked(BigInteger address, int free) {
            return address.shiftRight(free).shiftLeft(free);
        }

        String subnet(int number, int hostBits) {
            var start = first.add(BigInteger.valueOf(number).shiftLeft(hostBits));
            var bytes = new byte[bits / 8];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = start.shiftRight(bits - 8 * (i + 1)).byteValue();
            }
            try {
                return InetAddress.getByAddress(bytes).getHostAddress() + "/" + (bits - hostBits);
            } catch (UnknownHostException e) {
                throw new IllegalStateException("an address of %d bytes".formatted(bytes.length), e);
            }
        }
    }

    /** The list of networks; where the block is unknown, of as many unknown ones. */
    static Optional<Value> of(Value argument) {
        if (!(argument instanceof Value.Sequence(var given)) || given.size() != 3) {
            return Optional.empty();
        }
        int count = number(given.get(1).value());
        int hostBits = number(given.get(2).value());
        if (count < 1 || count > MOST) {
            return Optional.empty();
        }
        var block = Texts.of(given.get(0).value());
        if (block.isEmpty() || hostBits < 0) {
            return given.stream().anyMatch(each -> each.value() instanceof Unknown)
                    ? Optional.of(repeated(count, unknown(given)))
                    : Optional.empty();
        }
        return Block.of(block.get()).flatMap(known -> cut(known, count, hostBits));
    }

    private static Optional<Value> cut(Block block, int count, int hostBits) {
        int free = block.bits() - block.prefix() - hostBits;
        if (free < 0 || (free < 9 && count > 1 << free)) {
            return Optional.empty();
        }
        var subnets = new ArrayList<Located>(count);
        for (int i = 0; i < count; i++) {
            subnets.add(Located.nowhere(Value.of(block.subnet(i, hostBits))));
        }
        return Optional.of(new Value.Sequence(subnets));
    }

    private static Unknown unknown(List<Located> given) {
        var reasons = new LinkedHashSet<String>();
        var references = new LinkedHashSet<Reference>();
        for (var each : given) {
            if (each.value() instanceof Unknown unknown) {
                reasons.addAll(unknown.because());
                references.addAll(unknown.references());
            }
        }
        return new Unknown(List.copyOf(reasons), true, List.of(), List.of(), null, references);
    }

    private static Value repeated(int count, Value each) {
        return Value.listOf(Collections.nCopies(count, each));
    }

    private static int number(Value value) {
        try {
            return Texts.of(value).map(Integer::parseInt).orElse(-1);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
