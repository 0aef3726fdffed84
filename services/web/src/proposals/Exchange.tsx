import { Button } from "@mantine/core";
import { useState } from "react";
import type { Proposal } from "~/api/types";
import { useChangeReply } from "~/proposals/api";
import { SayBox } from "~/proposals/SayBox";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import { TermText } from "~/terms/TermText";
import classes from "./Exchange.module.css";

/** What the two said about a proposal, oldest first. */
export function Exchange({ proposal: { replies } }: { proposal: Pick<Proposal, "replies"> }) {
  if (replies.length === 0) return null;
  return (
    <ul className={classes.replies} aria-label="What was said">
      {replies.map((reply) => (
        <OneReply key={reply.id} reply={reply} />
      ))}
    </ul>
  );
}

function OneReply({ reply }: { reply: Proposal["replies"][number] }) {
  const [editing, setEditing] = useState(false);
  const change = useChangeReply();
  return (
    <li>
      <small>
        {reply.mine ? "You" : firstName(reply.author.name)} · {said(reply.created_at)}
        {reply.updated_at ? " · changed" : ""}
      </small>
      {editing ? (
        <SayBox
          label="Your words"
          text={reply.text}
          send="Save"
          onSend={(text) => change.mutateAsync({ id: reply.id, text })}
          onClose={() => setEditing(false)}
        />
      ) : (
        <p>
          <TermText text={reply.text} />
        </p>
      )}
      {reply.mine && !editing && (
        <Button variant="subtle" color="gray" className={classes.edit} onClick={() => setEditing(true)}>
          Change
        </Button>
      )}
    </li>
  );
}
