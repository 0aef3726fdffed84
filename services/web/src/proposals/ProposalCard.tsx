import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { sentence } from "~/api/problem";
import type { Me, Proposal } from "~/api/types";
import { useChangeProposal, useDecline, useReply } from "~/proposals/api";
import { Exchange } from "~/proposals/Exchange";
import { SayBox } from "~/proposals/SayBox";
import { standing } from "~/proposals/words";
import { ask } from "~/shared/ask";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import { TermText } from "~/terms/TermText";
import classes from "./ProposalCard.module.css";

type Doing = "edit" | "reply" | "decline" | null;

/** What somebody would rather work on, how it stands, and what the two said about it. */
export function ProposalCard({ proposal, me }: { proposal: Proposal; me: Me }) {
  const [doing, setDoing] = useState<Doing>(null);
  const change = useChangeProposal();
  const decline = useDecline();
  const reply = useReply();
  const { id, step, wording, words, rights } = proposal;
  const done = () => setDoing(null);
  return (
    <article className={classes.card} aria-label={wording ?? words} id={`proposal-${id}`}>
      <p className={classes.head}>
        <b>{proposal.coachee.id === me.id ? "You" : firstName(proposal.coachee.name)}</b>
        <span>
          {said(proposal.created_at)} · {standing(proposal, me)}
        </span>
      </p>
      {wording &&
        (step ? (
          <Link to="/steps/$id" params={{ id: step }} className={classes.wording}>
            {wording}
          </Link>
        ) : (
          <p className={classes.wording}>{wording}</p>
        ))}
      {doing === "edit" ? (
        <SayBox
          label="In your own words"
          text={words}
          send="Save"
          mayBeEmpty={step !== null}
          onSend={(text) => change.mutateAsync({ id, words: text })}
          onClose={done}
        />
      ) : (
        words && (
          <p className={classes.words}>
            <TermText text={words} />
          </p>
        )
      )}
      <Exchange proposal={proposal} />
      {proposal.action_step && (
        <Link to="/action-steps/$id" params={{ id: proposal.action_step }} className={classes.became}>
          See the step
        </Link>
      )}
      {doing === "reply" && (
        <SayBox
          label="Your reply"
          send="Reply"
          onSend={(text) => reply.mutateAsync({ id, text })}
          onClose={done}
        />
      )}
      {doing === "decline" && (
        <SayBox
          label={`What would you say to ${firstName(proposal.coachee.name)}?`}
          send="Not now"
          onSend={(text) => decline.mutateAsync({ id, text })}
          onClose={done}
        />
      )}
      {doing === null && (
        <div className={classes.actions}>
          {rights.answer && <Accept proposal={proposal} />}
          <Button variant="default" onClick={() => setDoing("reply")}>
            Reply
          </Button>
          {rights.answer && (
            <Button variant="subtle" color="gray" onClick={() => setDoing("decline")}>
              Not now
            </Button>
          )}
          {rights.change && (
            <>
              <Button variant="subtle" color="gray" onClick={() => setDoing("edit")}>
                Change my words
              </Button>
              <Withdraw id={id} />
            </>
          )}
        </div>
      )}
    </article>
  );
}

/** A step of the library is set as it is or in words that fit; own words need a step to be found for them. */
function Accept({ proposal: { id, step, coachee } }: { proposal: Proposal }) {
  const change = useChangeProposal();
  const accept = () =>
    change.mutate(
      { id, state: "accepted" },
      {
        onSuccess: () => notifications.show({ message: `It is ${firstName(coachee.name)}’s step now.` }),
        onError: (error) => notifications.show({ color: "red", message: sentence(error) }),
      },
    );
  return (
    <>
      {step && (
        <Button onClick={accept} loading={change.isPending}>
          Yes, set this step
        </Button>
      )}
      <Button
        variant={step ? "default" : "filled"}
        renderRoot={(props) => (
          <Link
            to="/people/$id/step"
            params={{ id: coachee.id }}
            search={{ proposal: id, ...(step ? { step } : {}) }}
            {...props}
          />
        )}
      >
        {step ? "Set it in other words" : "Choose a step for it"}
      </Button>
    </>
  );
}

function Withdraw({ id }: { id: string }) {
  const change = useChangeProposal();
  const withdraw = async () => {
    const sure = await ask({
      title: "Take this back?",
      detail: "What was said about it stays. You can propose it again at any time.",
      yes: "Take it back",
    });
    if (!sure) return;
    change.mutate(
      { id, state: "withdrawn" },
      { onError: (error) => notifications.show({ color: "red", message: sentence(error) }) },
    );
  };
  return (
    <Button variant="subtle" color="gray" loading={change.isPending} onClick={() => void withdraw()}>
      Take it back
    </Button>
  );
}
