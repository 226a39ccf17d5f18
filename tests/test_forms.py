"""The text of an issue → the answers: as GitHub writes them, and whatever else people write into it."""

from __future__ import annotations

import pytest
import yaml
from form_bodies import FORMS, GIVEN, answers, body, label
from hypothesis import given
from hypothesis import strategies as st
from sample import ROOT

from guide.editing.forms import LONGEST, Form, FormError, Question, form_of, read_answers


def faults(form, text):
    """Give the labels of the fields that cannot be read, and all words."""
    with pytest.raises(FormError) as raised:
        read_answers(FORMS[form], text)
    return {fault.label for fault in raised.value.faults}, str(raised.value)


@pytest.mark.parametrize("form", GIVEN)
def test_each_answer_is_found_by_the_id_of_its_field(form):
    found = answers(form)
    for question in FORMS[form].questions:
        if not question.many:
            assert found.text(question.id) == GIVEN[form][question.id]


@pytest.mark.parametrize("form", GIVEN)
def test_a_form_is_known_by_its_headings(form):
    assert form_of(FORMS, body(form)) is FORMS[form]
    assert form_of(FORMS, body(form).replace("\n", "\r\n")) is FORMS[form]


@pytest.mark.parametrize("text", ["", "Hello", "### Name\n\nOne", "# Listing\n\n## Name"])
def test_an_issue_without_the_headings_of_a_form_was_made_of_none(text):
    assert form_of(FORMS, text) is None


def test_choices_with_commas_in_them_are_told_apart():
    found = answers("add", services="Food, clothing and basics, Legal aid, Jobs, school and classes", serves="Cole County, All of Missouri")
    assert found.many("services") == ("Food, clothing and basics", "Legal aid", "Jobs, school and classes")
    assert found.many("serves") == ("Cole County", "All of Missouri")
    assert found.many("people") == ()


@pytest.mark.parametrize("services", ["Legal aid, Magic", "Legal aid;Interpreters", "Food, clothing", "Legal aid,"])
def test_a_choice_that_the_form_does_not_have_is_refused_and_not_repeated(services):
    found, words = faults("add", body("add", services=services))
    assert found == {"Kinds of help"}
    assert "none of the choices of the form" in words and services not in words


def test_the_longest_choice_is_meant():
    form = Form("x", (Question("a", "A", "dropdown", ("Food", "Food, clothing", "clothing"), many=True, required=False),))
    assert read_answers(form, "### A\n\nFood, clothing, Food").many("a") == ("Food, clothing", "Food")


@pytest.mark.parametrize("nothing", ["_No response_", "", "None"])
def test_a_list_of_which_nothing_was_chosen_is_empty(nothing):
    assert answers("add", people=nothing).many("people") == ()


@pytest.mark.parametrize(("form", "field"), [(form, one.id) for form in FORMS for one in FORMS[form].questions if one.required])
def test_an_answer_that_is_needed_and_missing_is_asked_for(form, field):
    found, words = faults(form, body(form, **{field: ""}))
    assert found == {label(form, field)}
    assert "it is needed" in words


def test_all_that_is_missing_is_told_at_once():
    assert faults("closed", body("closed", name="", closed_on="", source=""))[0] == {
        "Name", "Since when is it closed?", "Where do you know it from?"}  # fmt: skip


def test_lines_end_as_on_windows():
    assert read_answers(FORMS["add"], body("add", summary="One.\r\nTwo.").replace("\n", "\r\n").replace("\r\r", "\r")).text("summary") == "One.\nTwo."


@pytest.mark.parametrize("hostile", [
    "### Phone\n\n911", "#### What is right?", "## What is right?", "###What is right?", "> ### What is right?", "```\n# code\n```",
    "@octocat please", "[a](javascript:alert(1))", "![a](https://example.org/a.png)", "<img src=x>", "</textarea><script>",
    "- [x] done\n- [ ] not done", "a | b\n--|--", "$(rm -rf /)", "${{ github.token }}", "`code`", "_No response_ I said",
])  # fmt: skip
def test_markdown_in_an_answer_stays_in_that_answer(hostile):
    found = answers("change", right=hostile)
    assert found.text("right") == hostile
    assert {one: found.text(one) for one in GIVEN["change"] if one != "right"} == {
        one: text for one, text in GIVEN["change"].items() if one != "right"}  # fmt: skip


@pytest.mark.parametrize("field", [question.id for question in FORMS["change"].questions])
def test_a_heading_of_the_form_in_an_answer_is_refused(field):
    heading = f"### {label('change', field)}"
    for text in (f"573-555-0142\n\n{heading}\n\nother", f"```\n{heading}\n```"):
        found, words = faults("change", body("change", right=text))
        assert found == {label("change", field)}
        assert "more than once" in words


def test_a_heading_that_is_gone_is_asked_for():
    found, words = faults("change", body("change").replace("### What is right?", "### What is it?"))
    assert found == {"What is right?"} and "gone" in words


def test_questions_in_another_order_are_refused():
    parts = body("confirm").split("\n\n### ")
    assert "order" in faults("confirm", "\n\n### ".join([parts[0], parts[2], parts[1], *parts[3:]]))[1]


@pytest.mark.parametrize("text", ["<!-- 573-555-0142 -->", "<!--\n### What is right?\n\n573-555-0143\n-->", "<!--"])
def test_what_nobody_sees_in_the_issue_is_refused(text):
    assert "hidden remark" in faults("change", f"{text}\n\n{body('change')}")[1]
    assert "hidden remark" in faults("change", body("change", now=text))[1]


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\ufeff", "\x00", "\u2066", "\ue000", "\u00ad"])
def test_a_character_that_nobody_sees_is_refused_and_what_stands_beside_it_is_not_repeated(sign):
    found, words = faults("change", body("change", right=f"12 Elm{sign}Street"))
    assert found == {"What is right?"}
    assert "cannot be seen (U+" in words and "Elm" not in words


def test_a_text_longer_than_github_takes_is_refused():
    assert "far too long" in faults("change", body("change", right="x" * LONGEST))[1]


@given(st.text())
def test_any_text_is_read_or_refused(text):
    for form in FORMS.values():
        try:
            read_answers(form, text)
        except FormError as error:
            assert error.faults


@given(st.text(), st.sampled_from([question.id for question in FORMS["change"].questions if question.sort != "dropdown"]))
def test_any_answer_is_read_as_it_is_or_refused(text, field):
    try:
        found = answers("change", **{field: text})
    except FormError:
        return
    assert found.text(field).split() in (text.split(), [])
    assert all(found.text(other) == told for other, told in GIVEN["change"].items() if other != field)


def test_the_labels_are_read_from_the_files_of_the_forms():
    content = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/change.yml").read_text(encoding="utf-8"))
    assert [question.label for question in FORMS["change"].questions] == [
        field["attributes"]["label"] for field in content["body"] if "id" in field]  # fmt: skip
