"""What strangers wrote is shown in pull requests and answers as it is, and nothing of it works there."""

from __future__ import annotations

import pytest
from form_bodies import body
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from guide.editing import replies
from guide.editing.forms import Fault
from guide.editing.quoting import fenced, quoted

HOSTILE = [
    "@octocat @org/team", "#1 and org/repo#2", "GH-12", "![x](https://example.org/x.png)", "[x](javascript:alert(1))", "<img src=x>",
    "<!-- x -->", "www.example.org", "https://example.org", "a@example.org", "```\n@octocat\n```", "~~~\n@octocat", "````` @octocat",
    "</details>", "# Big", "- a", "1. a", "> a", "*b* _b_ **b**", "a | b\n--|--\n1 | 2", "&#64;octocat", ":shipit:", "\\@octocat",
    "    @octocat", "\t@octocat", "a\n===", "$$x$$", "[a]: https://example.org", "d670460b4b4aece5915caf5c68d12f560a9fe3e4", "\u202e@octocat",
]  # fmt: skip
GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def live(markdown):
    """Give all text outside of code, and the sorts of all that is no plain paragraph, list or heading of ours."""
    text, sorts = [], set()
    for token in GFM.parse(markdown):
        for part in [token, *(token.children or ())]:
            sorts.add(part.type)
            if part.type == "text":
                text.append(part.content)
    return " ".join(text), sorts


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_form_is_quoted_as_one_block_of_code(hostile):
    for text in (hostile, f"before\n{hostile}\nbehind", f"\n\n{hostile}"):
        tokens = GFM.parse(fenced(text))
        assert [token.type for token in tokens] == ["fence"]
        assert tokens[0].content == text.strip("\n").replace("\u202e", "\ufffd") + "\n"


@given(st.text(alphabet=st.sampled_from("`~\n\r @#<a ")))
def test_no_row_of_signs_ends_the_block(text):
    assert [token.type for token in GFM.parse(f"{fenced(text)}\n\nbehind")] == ["fence", "paragraph_open", "inline", "paragraph_close"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_sentence_is_shown_and_nothing_in_it_works(hostile):
    text, sorts = live(f"- {quoted(hostile)}\n- behind")
    assert sorts <= {"bullet_list_open", "list_item_open", "paragraph_open", "inline", "text", "code_inline", "paragraph_close",
                     "list_item_close", "bullet_list_close"}  # fmt: skip
    assert text == "behind" or not set(text) & set("@#<[:/\\*_`|$&")


@pytest.mark.parametrize("plain", ["'573-555' is not a US phone number (10 digits, like 573-634-4911)", "Write the day, like 2026-11-24.",
                                   "The listing one is called \u201cOne\u201d. Which of the two is it?"])  # fmt: skip
def test_a_sentence_in_which_nothing_could_work_stays_plain(plain):
    assert quoted(plain) == plain


def test_a_long_form_is_cut_so_that_github_takes_the_text():
    text = replies.pull_request(7, "octocat", "Change", "x" * 65_000)
    assert len(text) < 25_000 and "the rest is left out here" in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_of_a_stranger_works_in_a_pull_request_or_an_answer(hostile):
    text, _ = live(replies.pull_request(7, hostile, hostile, body("correction", correction=hostile)))
    assert "@" not in text and "octocat" not in text and "example.org" not in text
    assert text.count("#") == 1  # the form's own number
    text, sorts = live(replies.missing([Fault("What is right?", hostile)]))
    assert "@" not in text and "#" not in text and not sorts & {"link_open", "image", "html_inline", "html_block", "heading_open"}


def test_the_form_is_quoted_whole():
    text = body("change", right="a\n\n### b")
    blocks = [token.content for token in GFM.parse(replies.pull_request(7, "octocat", "Change", text)) if token.type == "fence"]
    assert blocks == [f"{text}\n"]
