import { Textarea } from "@mantine/core";
import type { PersonRef, Round } from "~/api/types";
import { useChangeRound } from "~/rounds/api";
import { Saved } from "~/shared/Saved";
import { useSaver } from "~/shared/useSaver";
import { firstName } from "~/shared/words";
import classes from "./RoundCard.module.css";

interface RoundWordsProps {
  round: Round;
  coachee: PersonRef;
  me: { id: string };
}

/** The coach’s words before the next go, and the coachee’s own: each theirs to write, both to read. */
export function RoundWords({ round, coachee, me }: RoundWordsProps) {
  const change = useChangeRound(round.id);
  const saver = useSaver<{ feedback: string; reflection: string }>((patch) => change.mutateAsync(patch));
  const { feedback, reflection } = { ...round, ...saver.unsaved };
  const { rights } = round;
  return (
    <div className={classes.words}>
      {rights.feedback ? (
        <Textarea
          label={round.kind === "model" ? "What you two noticed" : "For the next go"}
          placeholder={round.kind === "model" ? undefined : "One thing to keep, and one small thing to try."}
          minRows={1}
          value={feedback}
          onChange={(event) => saver.change({ feedback: event.currentTarget.value })}
          onBlur={saver.flush}
        />
      ) : (
        feedback && (
          <Said label={round.kind === "model" ? "What you two noticed" : "For the next go"} text={feedback} />
        )
      )}
      {rights.reflect ? (
        <Textarea
          label="What you think yourself"
          minRows={1}
          value={reflection}
          onChange={(event) => saver.change({ reflection: event.currentTarget.value })}
          onBlur={saver.flush}
        />
      ) : (
        reflection && (
          <Said
            label={coachee.id === me.id ? "What you thought" : `What ${firstName(coachee.name)} thought`}
            text={reflection}
          />
        )
      )}
      {(rights.feedback || rights.reflect) && (saver.touched || saver.saving !== "saved") && (
        <Saved {...saver} />
      )}
    </div>
  );
}

function Said({ label, text }: { label: string; text: string }) {
  return (
    <div className={classes.said}>
      <p className={classes.label}>{label}</p>
      <p className={classes.text}>{text}</p>
    </div>
  );
}
