package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Value;
import java.math.BigInteger;
import java.util.ArrayList;

/** Functions of networks and their addresses. */
final class Networks {
    private static final int MOST_NEW_BITS = 32;

    private Networks() {}

    static Value call(Arguments arguments) {
        var network = Cidr.parse(arguments.text(0));
        return switch (arguments.function()) {
            case "cidrhost" -> Value.of(host(network, arguments.whole(1)));
            case "cidrnetmask" -> Value.of(mask(network));
            case "cidrsubnet" -> Value.of(subnet(network, arguments.integer(1), arguments.whole(2)));
            case "cidrsubnets" -> subnets(network, arguments);
            default -> throw Subject.missing(arguments);
        };
    }

    private static String host(Cidr network, BigInteger number) {
        var size = network.size();
        var offset = number.signum() < 0 ? size.add(number) : number;
        if (offset.signum() < 0 || offset.compareTo(size) >= 0) {
            throw new FunctionError(
                    "prefix of %d does not accommodate a host numbered %s".formatted(network.prefix(), number));
        }
        return network.text(network.base().add(offset));
    }

    private static String mask(Cidr network) {
        if (network.bits() != 32) {
            throw new FunctionError("IPv6 addresses cannot have a netmask");
        }
        var all = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
        return network.text(all.subtract(network.size().subtract(BigInteger.ONE)));
    }

    private static String subnet(Cidr network, int newBits, BigInteger number) {
        long prefix = (long) network.prefix() + newBits;
        if (prefix > network.bits() || prefix < 0) {
            throw new FunctionError(
                    "insufficient address space to extend prefix of %d by %d".formatted(network.prefix(), newBits));
        }
        if (number.signum() < 0 || number.bitLength() > Math.max(0, newBits)) {
            throw new FunctionError(
                    "prefix extension of %d does not accommodate a subnet numbered %s".formatted(newBits, number));
        }
        int shift = network.bits() - (int) prefix;
        return network.text(network.base().add(number.shiftLeft(shift))) + "/" + prefix;
    }

    /** One after the other, each at the next border that its own size allows. */
    private static Value subnets(Cidr network, Arguments arguments) {
        var subnets = new ArrayList<Value>();
        var end = network.base().add(network.size());
        var next = network.base();
        for (int i = 1; i < arguments.count(); i++) {
            int newBits = arguments.integer(i);
            if (newBits < 1) {
                throw arguments.wrong(i, "must extend prefix by at least one bit");
            }
            if (newBits > MOST_NEW_BITS) {
                throw arguments.wrong(i, "may not extend prefix by more than 32 bits");
            }
            int prefix = network.prefix() + newBits;
            if (prefix > network.bits()) {
                throw arguments.wrong(i, "would extend prefix to %d bits, which is too long".formatted(prefix));
            }
            var size = BigInteger.ONE.shiftLeft(network.bits() - prefix);
            var start = next.add(size).subtract(BigInteger.ONE).divide(size).multiply(size);
            next = start.add(size);
            if (next.compareTo(end) > 0) {
                throw arguments.wrong(
                        i,
                        "not enough remaining address space for a subnet with a prefix of %d bits".formatted(prefix));
            }
            subnets.add(Value.of(network.text(start) + "/" + prefix));
        }
        return Value.listOf(subnets);
    }
}
