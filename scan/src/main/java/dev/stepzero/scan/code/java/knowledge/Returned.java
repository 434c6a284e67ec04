package dev.stepzero.scan.code.java.knowledge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a framework does with what methods give back: it sends it as a page, or takes it for the name of a view.
 *
 * @param annotations the methods have one of these
 * @param with they, or their class, also have one of these; none for any
 * @param without neither they nor their class have one of these
 * @param types their type, as people write it without packages, such as {@code Mono<String>}
 * @param starts how a text must begin to do harm; what follows is what the rule's safe start is about
 * @param unless a tag that makes the result harmless; empty for none
 * @param elements what annotations say about the result, such as its media type: {@code type.element}
 * @param where what one of them must say to make it dangerous
 * @param absent whether it is dangerous where they say nothing
 */
public record Returned(
        String rule,
        Set<String> annotations,
        Set<String> with,
        Set<String> without,
        Set<String> types,
        String starts,
        String unless,
        Set<String> elements,
        Optional<Pattern> where,
        boolean absent) {
    /** Whether it may be about a method with these annotations. */
    boolean mayBeAbout(Set<String> own) {
        return own.stream().anyMatch(annotations::contains);
    }

    /**
     * Whether it is about a method.
     *
     * @param own the method's annotations
     * @param all the method's and its class's
     * @param said what the elements of the method's annotations say, and of its class's where those say nothing
     */
    boolean isAbout(Set<String> own, Set<String> all, String type, Map<String, List<String>> said) {
        if (!mayBeAbout(own)
                || !types.contains(type)
                || (!with.isEmpty() && all.stream().noneMatch(with::contains))
                || all.stream().anyMatch(without::contains)) {
            return false;
        }
        var words = elements.stream()
                .flatMap(each -> said.getOrDefault(each, List.of()).stream())
                .toList();
        return words.isEmpty()
                ? absent
                : where.isEmpty()
                        || words.stream()
                                .anyMatch(each -> where.get().matcher(each).find());
    }
}
