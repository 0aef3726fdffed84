import { Alert, Button } from "@mantine/core";
import type { ReactNode } from "react";
import { sentence } from "~/api/problem";
import type { ExemplarRef, PersonRef } from "~/api/types";
import { type Decision, type Kind, useDecide } from "~/exemplars/api";
import { stateWords } from "~/exemplars/words";
import { useMe } from "~/people/session";
import { ask, type Question } from "~/shared/ask";
import classes from "./ExampleLine.module.css";

export interface Example extends Pick<ExemplarRef, "id" | "state" | "permission" | "shown"> {
  kind: Kind;
  owner: PersonRef;
  /** What it shows: a step's wording, or a term. */
  shows: string;
  may: { permit: boolean; publish?: boolean; unpublish?: boolean; remove?: boolean };
}

const TAKING_BACK: Question = {
  title: "Take your yes back?",
  detail: "It is gone from the library at once, for everybody. Your film stays yours as it is.",
  yes: "Take it back",
  no: "Leave it there",
  grave: true,
};

/** One example: how far it has come, and what this person can say to it. */
export function ExampleLine({ example, children }: { example: Example; children?: ReactNode }) {
  const me = useMe();
  const decide = useDecide(example.kind);
  const { may } = example;
  const say = async (decision: Decision) => {
    const losesIt = decision === "decline" && example.shown;
    if (!losesIt || (await ask(TAKING_BACK))) decide.mutate({ id: example.id, decision });
  };
  const button = (decision: Decision, words: string, prominent = false) => (
    <Button
      variant={prominent ? "filled" : "default"}
      loading={decide.isPending && decide.variables.decision === decision}
      disabled={decide.isPending}
      onClick={() => void say(decision)}
    >
      {words}
    </Button>
  );
  return (
    <div className={classes.line}>
      <p className={classes.shows}>{example.shows}</p>
      <p className={classes.state} role="status">
        {stateWords(example, example.owner, me.id)}
      </p>
      {decide.error && (
        <Alert color="red" variant="light" role="alert">
          {sentence(decide.error)}
        </Alert>
      )}
      <div className={classes.answers}>
        {may.publish && button("publish", "Publish it", true)}
        {may.permit && example.permission === "asked" && button("permit", "Yes, it may be shown", true)}
        {may.permit && example.permission === "asked" && button("decline", "No, thank you")}
        {may.permit && example.permission === "declined" && button("permit", "I’ve changed my mind: yes")}
        {may.permit && example.permission === "given" && button("decline", "Take my yes back")}
        {may.unpublish && button("unpublish", "Take it out of the library")}
        {may.remove && !may.permit && !example.shown && button("remove", "Remove")}
        {children}
      </div>
    </div>
  );
}
