package dev.stepzero.scan.reach;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a class says of others.
 *
 * @param references the classes of the class path that it names anywhere
 * @param services the services among all that it names
 * @param blind why it may get to classes that it does not name; empty where it cannot, and for libraries
 * @param members what is needed to follow calls; empty where nobody asked for it
 */
record ClassFacts(String name, Set<String> references, Set<String> services, String blind, Optional<Members> members) {

    /**
     * The class from within.
     *
     * @param named the classes that its strings and annotations name
     * @param bound the classes that frameworks may make for it: the types of its fields, and of the methods of the
     *     program's own classes
     * @param words its strings that could be names of methods; of the program's own classes only
     * @param reflective whether it calls methods by reflection; of the program's own classes only
     */
    record Members(
            Optional<String> parent,
            List<String> interfaces,
            List<Method> methods,
            Set<String> named,
            Set<String> bound,
            Set<String> words,
            boolean reflective) {}

    /** A method, by name and descriptor. */
    record Method(String member, int flags, List<Edge> edges) {}
}
