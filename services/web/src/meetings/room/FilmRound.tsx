import { Button, Kbd } from "@mantine/core";
import { IconVideo } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { keys } from "~/api/keys";
import type { Me, Meeting, Round } from "~/api/types";
import { openCamera } from "~/filming/opened";
import { useCanFilm } from "~/filming/useCanFilm";
import { useRoomKeys } from "~/meetings/useRoomKeys";
import { roundName } from "~/rounds/marks";
import { firstName } from "~/shared/words";
import classes from "./Room.module.css";

export interface FilmRoundProps {
  meeting: Meeting;
  round: Round;
  me: Me;
  /** Begins another round and says which it is. */
  onAgain: () => Promise<Round | undefined>;
}

/** Films a round with this device: in one key, as the round began. */
export function FilmRound({ meeting, round, me, onAgain }: FilmRoundProps) {
  const client = useQueryClient();
  const canFilm = useCanFilm();
  const isModel = round.kind === "model";
  const forOther = !isModel && meeting.coachee.id !== me.id;
  const film = () =>
    openCamera({
      title: `${roundName(round, { coachee: meeting.coachee, coach: meeting.coach, me })}: ${meeting.action_step?.action ?? firstName(meeting.coachee.name)}`,
      criteria: meeting.action_step?.criteria.map(({ text }) => text),
      wishes: {
        // A model is its owner’s own film, not one of the coachee’s step: the round ties them.
        ...(isModel ? { purpose: "model" } : { purpose: "rehearsal", actionStep: round.action_step }),
        round: round.id,
        ...(forOther ? { owner: meeting.coachee.id, ownerName: meeting.coachee.name } : {}),
      },
      onAgain: async () => (await onAgain())?.id,
      onFilmed: () => void client.invalidateQueries({ queryKey: keys.meeting(meeting.id) }),
    });
  // A model is the film of whoever shows it: on somebody else’s log-in it would be hers.
  const offers = canFilm && (!isModel || meeting.coach.id === me.id);
  useRoomKeys(offers ? { f: film } : {});
  if (!offers) return null;
  return (
    <Button
      className={classes.filmIt}
      variant="default"
      leftSection={<IconVideo size={22} />}
      aria-keyshortcuts="F"
      onClick={film}
    >
      {isModel ? "Film it" : "Film this go"}
      <Kbd className={classes.quietKey}>F</Kbd>
    </Button>
  );
}
