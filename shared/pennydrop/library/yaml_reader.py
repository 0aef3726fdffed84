"""YAML from strangers, read node by node: every problem has a line, and nothing is built from tags."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pennydrop.library.places import Place, Problem
from pennydrop.library.wording import SLUG

# 1,500 steps as rich as the starter library's take 3 MB.
MAX_BYTES = 8_000_000
# The deepest thing in a library file is a criterion of a step of a goal: 7 levels. The rest is mischief.
MAX_DEPTH = 12
# The C parser reads a library of 1,500 steps in a second, the one in Python in fifteen.
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlReader:
    """Reads one file and collects what is wrong with it. Values that can't be read come back empty."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def root(self, content: bytes) -> Node | None:
        """Return the file's root node, or None with a problem noted."""
        if len(content) > MAX_BYTES:
            self.problems.append(Problem(self.file, 1, "the file is larger than 8 MB."))
            return None
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self.problems.append(Problem(self.file, line, "this isn't UTF-8 text. Save the file as UTF-8."))
            return None
        try:
            if not self._harmless(text):
                return None
            root = yaml.compose(text, _Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            detail = f"this isn't YAML: {error.problem or error.context}."
            self.problems.append(Problem(self.file, mark.line + 1 if mark else 1, detail))
            return None
        except yaml.YAMLError:
            self.problems.append(Problem(self.file, 1, "there is a character here that YAML doesn't allow."))
            return None
        if root is None:
            self.problems.append(Problem(self.file, 1, "the file is empty."))
        return root

    def _harmless(self, text: str) -> bool:
        """Look at the events, which cost what the file is long, before anything is built from them."""
        depth = 0
        for event in yaml.parse(text, _Loader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent):
                self.problems.append(
                    Problem(self.file, line, "aliases (*name) aren't used here. Write it out.")
                )
                return False
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                self.problems.append(Problem(self.file, line, "this is nested too deeply."))
                return False
        return True

    def place(self, node: Node) -> Place:
        return Place(self.file, node.start_mark.line + 1)

    def say(self, node: Node, detail: str) -> None:
        self.problems.append(self.place(node).problem(detail))

    def mapping(
        self, node: Node, what: str, *, required: tuple[str, ...] = (), optional: tuple[str, ...] = ()
    ) -> dict[str, Node] | None:
        """Return the parts of a mapping by name, or None where a required one is missing."""
        if not isinstance(node, MappingNode):
            self.say(node, f"{what} should be written as “name: value” lines.")
            return None
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else "?"
            if name not in (*required, *optional):
                known = ", ".join((*required, *optional))
                self.say(key, f"{what} has no “{name}”. What it can have: {known}.")
            elif name in found:
                self.say(key, f"“{name}” stands here twice.")
            else:
                found[name] = value
        missing = [name for name in required if name not in found]
        for name in missing:
            self.say(node, f"{what} needs “{name}”.")
        return None if missing else found

    def items(self, node: Node, what: str) -> list[Node]:
        """Return the items of a list."""
        if not isinstance(node, SequenceNode):
            self.say(node, f"{what} should be a list: each item on its own line after “- ”.")
            return []
        return list(node.value)

    def text(self, node: Node | None, at_most: int) -> str:
        """Return a text on one line; paragraphs keep their empty line."""
        if node is None:
            return ""
        if not isinstance(node, ScalarNode):
            self.say(node, "this should be plain text. (Text with a colon in it needs quotes.)")
            return ""
        paragraphs = [" ".join(part.split()) for part in str(node.value).split("\n\n")]
        text = "\n\n".join(part for part in paragraphs if part)
        if not text:
            self.say(node, "there is no text here.")
        if len(text) > at_most:
            self.say(node, f"this text has {len(text)} characters; {at_most} are the most.")
        return text

    def texts(self, node: Node | None, longest: int, *, at_most: int) -> list[str]:
        """Return a list of texts."""
        if node is None:
            return []
        items = self.items(node, "this")
        if len(items) > at_most:
            self.say(node, f"this list has {len(items)} items; {at_most} are the most.")
        return [self.text(item, longest) for item in items]

    def named(self, node: Node, longest: int, *, at_most: int) -> list[tuple[str, str]]:
        """Return the items of a list: `- text`, or `- word: text` with the word."""
        items = self.items(node, "this")
        if len(items) > at_most:
            self.say(node, f"this list has {len(items)} items; {at_most} are the most.")
        pairs = []
        for item in items:
            if isinstance(item, MappingNode) and len(item.value) == 1:
                key, value = item.value[0]
                pairs.append((self.text(key, longest), self.text(value, longest)))
            else:
                pairs.append(("", self.text(item, longest)))
        return pairs

    def slug(self, node: Node, longest: int) -> str:
        """Return a short name such as `wait-for-every-eye`."""
        slug = self.text(node, longest)
        if slug and not SLUG.fullmatch(slug):
            self.say(node, f"“{slug}” should be small letters and digits joined by “-”.")
        return slug
