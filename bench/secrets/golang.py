"""Reads constants out of Go's source text: what the collectors of Go's tests share.

Knows strings, numbers, names, +, slices, fmt.Sprintf and strings.Repeat; whatever else it meets is Unknown.
"""
import json, re

TOKEN = re.compile(r'//[^\n]*|`[^`]*`|"(?:\\.|[^"\\])*"|[A-Za-z_][A-Za-z0-9_.]*|[-+*/(),{}\[\]:=]|\d+|\S', re.S)


class Unknown(Exception):
    pass


def names(text):
    """The constants that a text gives names to; of a name that is given twice the first."""
    known = {}
    for match in re.finditer(r"^\s*(?:var |const )?([A-Za-z_]\w*)\s*(?:string\s*)?:?=\s*(?=[`\"fs(A-Za-z])", text, re.M):
        try:
            known.setdefault(match[1], Reader(text[match.end():match.end() + 20000], known).expression())
        except (Unknown, TypeError, IndexError):
            pass
    return known


def shape(text):
    """The text with what is in quotes and in comments made blank, so that its braces can be counted."""
    return re.sub(r'`[^`]*`|"(?:\\.|[^"\\\n])*"|//[^\n]*|\'(?:\\.|[^\'\\\n])\'', lambda each: re.sub(r"[^\n]", "\0", each[0]), text)


class Reader:
    def __init__(self, text, known):
        self.tokens = [each for each in TOKEN.findall(text) if not each.startswith("//")]
        self.at, self.names = 0, known

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1] if self.at <= len(self.tokens) else ""

    def expression(self):
        value = self.term()
        while self.peek() in ("+", "-", "*"):
            sign, other = self.take(), self.term()
            value = value + other if sign == "+" else value - other if sign == "-" else value * other
        return value

    def arguments(self):
        values = []
        if self.take() != "(":
            raise Unknown
        while self.peek() != ")":
            values.append(self.expression())
            if self.peek() == ",":
                self.take()
        self.take()
        return values

    def term(self):
        value = self.single()
        while self.peek() == "[" and isinstance(value, str):
            self.take()
            begin = 0 if self.peek() == ":" else self.expression()
            if self.take() != ":":
                raise Unknown
            end = len(value) if self.peek() == "]" else self.expression()
            if self.take() != "]":
                raise Unknown
            value = value[begin:end]
        return value

    def single(self):
        token = self.take()
        if token.startswith("`") and len(token) > 1:
            return token[1:-1]
        if token.startswith('"') and len(token) > 1:
            try:
                return json.loads(re.sub(r"\\x([0-9a-fA-F]{2})", r"\\u00\1", token))
            except ValueError:
                raise Unknown
        if token.isdigit():
            return int(token)
        if token == "(":
            value = self.expression()
            self.take()
            return value
        if token == "fmt.Sprintf":
            form, *values = self.arguments()
            parts = re.split(r"%[svqd]", form)
            if len(parts) != len(values) + 1:
                raise Unknown
            return "".join(part + str(value) for part, value in zip(parts, values + [""]))
        if token == "strings.Repeat":
            part, count = self.arguments()
            return part * count
        if token == "len":
            return len(self.arguments()[0])
        if token in self.names:
            return self.names[token]
        raise Unknown
