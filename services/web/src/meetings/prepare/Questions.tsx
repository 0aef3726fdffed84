import { ActionIcon, Button, Textarea, Title } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { Preparation } from "~/meetings/prepare/usePreparation";
import classes from "./Prepare.module.css";

const LONGEST = 500;

/** What to ask while watching: the library’s, a click each, and one’s own. */
export function Questions({ preparation }: { preparation: Preparation }) {
  const { questions, setQuestions, spareQuestions, saver } = preparation;
  const [typed, setTyped] = useState("");
  const add = (text: string) => {
    const question = text.trim();
    if (question && !questions.includes(question)) setQuestions([...questions, question]);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add(typed);
    setTyped("");
  };
  return (
    <section className={classes.part} aria-labelledby="questions">
      <Title order={2} id="questions">
        Questions to ask
      </Title>
      {questions.length > 0 && (
        <ol className={classes.questions}>
          {questions.map((question) => (
            <li key={question}>
              <span>{question}</span>
              <ActionIcon
                color="gray"
                aria-label={`Leave out: ${question}`}
                onClick={() => setQuestions(questions.filter((one) => one !== question))}
              >
                <IconX size={20} />
              </ActionIcon>
            </li>
          ))}
        </ol>
      )}
      {spareQuestions.length > 0 && (
        <ul className={classes.spare} aria-label="Suggested questions">
          {spareQuestions.map((question) => (
            <li key={question}>
              <button type="button" className={classes.take} onClick={() => add(question)}>
                <IconPlus size={20} aria-hidden="true" />
                <span>
                  <span className="visually-hidden">Ask: </span>
                  {question}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={submit} className={classes.own}>
        <Textarea
          aria-label="A question of your own"
          placeholder="A question of your own"
          minRows={1}
          maxLength={LONGEST}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey) submit(event);
          }}
          // Typed and left is meant, too.
          onBlur={() => {
            add(typed);
            setTyped("");
            saver.flush();
          }}
        />
        <Button type="submit" variant="default" disabled={!typed.trim()}>
          Add
        </Button>
      </form>
    </section>
  );
}
