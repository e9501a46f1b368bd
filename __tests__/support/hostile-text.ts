import fc from "fast-check";

/** What means something to Markdown, HTML, GitHub or a terminal. */
const PIECES = [
  "`", "``", "```", "~~~", "*", "**", "_", "__", "~~", "[", "](", ")", "![", "<", ">", "</", "/>", "<b>", "<a>", "<!--", "-->", "<br>", "</sub>", "</td>", "&", "&lt;", "&#64;", "&#x3c;", "\\", "\\\\", "\\`", "|", "\\|", "\\\\|", "||",
  "\n", "\n\n", "\r", "\t", " ", "  ", "\u2028", "\u0085", "#", "# ", "#123", "GH-123", "@octo", "@a/b", "deadbeef", ":tada:", ":", "www.a.io", "http://a", "a@b.io", "[^1]", "[^1]:", "- ", "- [x] ", "1. ", "> ", "[!NOTE]", "$", "$$", "$`", "`$", "---", "===", "#ff0000", "!", "=",
  "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u00a0", "\u3164", "\u0000", "\u001b[2J", "\ud800", "\u0301", "🏳️", "a", "A1", "x", "é", "main", "\"", "'", "%", "{{", "}}", "${x}",
];

/** A short text made of them. */
export const hostileText = (): fc.Arbitrary<string> => fc.array(fc.constantFrom(...PIECES), { minLength: 0, maxLength: 6 }).map((pieces) => pieces.join(""));
