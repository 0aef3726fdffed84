import { expect, test } from "vitest";
import { compareWords } from "~/library/curate/compareWords";

const told = (old: string, now: string) => compareWords(old, now).map(({ kind, text }) => [kind, text]);

test("words that went and words that came are told apart from those that stayed", () => {
  expect(told("waiting for every eye before speaking", "waiting for the bell before speaking")).toEqual([
    ["same", "waiting for"],
    ["gone", "every eye"],
    ["come", "the bell"],
    ["same", "before speaking"],
  ]);
});

test("a text that is new or gone is all of one kind", () => {
  expect(told("", "Smiles warmly")).toEqual([["come", "Smiles warmly"]]);
  expect(told("Smiles warmly", "")).toEqual([["gone", "Smiles warmly"]]);
});
