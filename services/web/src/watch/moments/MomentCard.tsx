import { Button, Text, UnstyledButton } from "@mantine/core";
import { IconArrowBackUp, IconLink, IconPencil, IconScissors, IconTrash } from "@tabler/icons-react";
import { memo, type ReactNode, useId, useState } from "react";
import type { Moment } from "~/api/types";
import { clock, said } from "~/shared/time";
import { firstName } from "~/shared/words";
import { TermText } from "~/terms/TermText";
import { KINDS } from "~/watch/moments/kinds";
import { ReplyBox } from "~/watch/moments/ReplyBox";
import type { ShownMoment } from "~/watch/moments/useMoments";
import classes from "./MomentCard.module.css";

export interface MomentActions {
  play: (moment: ShownMoment) => void;
  edit: (moment: ShownMoment) => void;
  remove: (moment: ShownMoment) => void;
  clip: (moment: ShownMoment) => void;
  copyLink: (moment: ShownMoment) => void;
  reply: (moment: ShownMoment, text: string) => Promise<void>;
}

interface MomentCardProps {
  moment: ShownMoment;
  criterion: string | null;
  lit: boolean;
  mayMark: boolean;
  mayClip: boolean;
  actions: MomentActions;
  /** Stands in the place of the words while they are written. */
  editor: ReactNode;
}

/**
 * One moment in the list: when, who, what; the lit one shows what can be done with it.
 *
 * Drawn again only when something of its own changes: a thumb that runs along the film lights one after another,
 * and a lesson may have a hundred of them.
 */
export const MomentCard = memo(function MomentCard(props: MomentCardProps) {
  const { moment, criterion, lit, mayMark, mayClip, actions, editor } = props;
  const [replying, setReplying] = useState(false);
  const words = useId();
  const kind = KINDS.find((one) => one.kind === moment.kind);
  const until = moment.endMs === null ? "" : `–${clock(moment.endMs)}`;
  return (
    <li className={classes.card} data-lit={lit || undefined} data-key={moment.key}>
      <div className={classes.main}>
        <UnstyledButton
          className={classes.head}
          onClick={() => actions.play(moment)}
          aria-current={lit || undefined}
          aria-describedby={moment.text && !editor ? words : undefined}
        >
          <span className={classes.penny} aria-hidden="true" />
          <b className={classes.time}>
            <span className="visually-hidden">Play from </span>
            {clock(moment.startMs)}
            {until}
          </b>
          <span className={classes.kind}>
            {kind && <kind.icon size={18} stroke={1.8} aria-hidden="true" />}
            {kind?.label}
          </span>
        </UnstyledButton>
        {!editor && moment.text && (
          <span id={words} className={classes.text}>
            <TermText text={moment.text} />
          </span>
        )}
        {!editor && criterion && <span className={classes.criterion}>{criterion}</span>}
        <span className={classes.by}>{byline(moment)}</span>
      </div>
      {moment.saved && <Replies replies={moment.saved.replies} />}
      {editor && <div className={classes.editor}>{editor}</div>}
      {replying && moment.saved && (
        <ReplyBox
          momentId={moment.saved.id}
          onSend={(text) => actions.reply(moment, text)}
          onClose={() => setReplying(false)}
        />
      )}
      {lit && !editor && !replying && (
        <div className={classes.actions}>
          {mayMark && moment.saved && (
            <Action icon={<IconArrowBackUp size={18} />} onClick={() => setReplying(true)}>
              Reply
            </Action>
          )}
          {mayClip && (
            <Action icon={<IconScissors size={18} />} onClick={() => actions.clip(moment)}>
              Make a clip
            </Action>
          )}
          {moment.mine && mayMark && (
            <Action icon={<IconPencil size={18} />} onClick={() => actions.edit(moment)}>
              Edit
            </Action>
          )}
          <Action icon={<IconLink size={18} />} onClick={() => actions.copyLink(moment)}>
            Link
          </Action>
          {moment.mine && mayMark && (
            <Action icon={<IconTrash size={18} />} onClick={() => actions.remove(moment)}>
              Delete
            </Action>
          )}
        </div>
      )}
    </li>
  );
});

function Action({ icon, onClick, children }: { icon: ReactNode; onClick: () => void; children: ReactNode }) {
  return (
    <Button variant="subtle" color="gray" size="compact-md" leftSection={icon} onClick={onClick}>
      {children}
    </Button>
  );
}

function Replies({ replies }: { replies: Moment["replies"] }) {
  if (replies.length === 0) return null;
  return (
    <ul className={classes.replies} aria-label="Replies">
      {replies.map((reply) => (
        <li key={reply.id}>
          <Text span>
            <TermText text={reply.text} />
          </Text>
          <span className={classes.by}>
            {reply.credited_to ?? (reply.mine ? "You" : firstName(reply.author.name))} ·{" "}
            {said(reply.created_at)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function byline({ saved, problem, mine }: ShownMoment): string {
  if (problem) return `Not saved yet. ${problem}`;
  if (!saved) return "Saving…";
  const who = saved.credited_to ?? (mine ? "You" : firstName(saved.author.name));
  return `${who} · ${said(saved.created_at)}`;
}
