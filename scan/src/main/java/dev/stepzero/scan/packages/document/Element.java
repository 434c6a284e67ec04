package dev.stepzero.scan.packages.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element of an XML document.
 *
 * @param text the text directly in it, without the white space around it
 * @param line where it begins, from 1
 */
public record Element(String name, Map<String, String> attributes, String text, List<Element> children, int line) {
    public Element {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** The first child of a name. */
    public Optional<Element> child(String name) {
        return children.stream().filter(each -> each.name.equals(name)).findFirst();
    }

    /** The text of the first child of a name; empty where there is none. */
    public String text(String name) {
        return child(name).map(Element::text).orElse("");
    }

    /** The children of the first child of a name, as in {@code <modules><module/><module/></modules>}. */
    public List<Element> in(String name) {
        return child(name).map(Element::children).orElse(List.of());
    }

    /** The value of an attribute; empty where there is none. */
    public String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }
}
