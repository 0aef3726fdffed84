import { Textarea } from "@mantine/core";
import type { Round } from "~/api/types";
import { useChangeRound } from "~/rounds/api";
import { Saved } from "~/shared/Saved";
import { useSaver } from "~/shared/useSaver";
import classes from "./Reflection.module.css";

/** A sentence or two about a go, kept by itself. Hers to write, her coach’s to read. */
export function Reflection({ round, whose }: { round: Round; whose: string }) {
  const change = useChangeRound(round.id);
  const saver = useSaver<{ reflection: string }>((patch) => change.mutateAsync(patch));
  const { reflection } = { ...round, ...saver.unsaved };
  if (!round.rights.reflect) {
    return (
      <figure className={classes.said}>
        <figcaption>What {whose} saw</figcaption>
        <p>{reflection}</p>
      </figure>
    );
  }
  return (
    <>
      <Textarea
        label="What did you see?"
        description="A sentence or two. It saves by itself."
        minRows={2}
        value={reflection}
        onChange={(event) => saver.change({ reflection: event.currentTarget.value })}
        onBlur={saver.flush}
        classNames={{ label: classes.label }}
      />
      {(saver.touched || saver.saving !== "saved") && <Saved {...saver} />}
    </>
  );
}
