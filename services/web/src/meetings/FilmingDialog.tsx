import { Anchor, Button, Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { sentence } from "~/api/problem";
import type { Me, Meeting } from "~/api/types";
import { AddFilm } from "~/meetings/AddFilm";
import { meetingQuery, useConsent } from "~/meetings/api";
import { ask } from "~/shared/ask";
import { DialogActions } from "~/shared/DialogActions";
import { useFocusBack } from "~/shared/useFocusBack";
import { firstName } from "~/shared/words";
import classes from "./Filming.module.css";

interface FilmingDialogProps {
  meeting: Meeting;
  me: Me;
  opened: boolean;
  /** What is behind the dialog leads to the film already. */
  linked?: boolean;
  onClose: () => void;
}

/** Filming the meeting itself: only if both say yes, each for herself, and until one takes that back. */
export function FilmingDialog({ meeting, me, opened, linked = false, onClose }: FilmingDialogProps) {
  useFocusBack(opened);
  const consent = useConsent(meeting.id);
  const client = useQueryClient();
  const mine = meeting.consents.some(({ person }) => person.id === me.id);
  const say = (yes: boolean) =>
    consent.mutate(yes, {
      onError: (error) =>
        notifications.show({ color: "red", title: "That wasn’t kept", message: sentence(error) }),
    });
  const takeBack = async () => {
    // Whoever takes it back hears what goes, also of a film that came in a moment ago.
    const now = await client.fetchQuery({ ...meetingQuery(meeting.id), staleTime: 0 }).catch(() => meeting);
    // The question takes the dialog's place.
    if (now.film) onClose();
    const sure =
      !now.film ||
      (await ask({
        title: "Take your yes back?",
        detail:
          "The film of this meeting is deleted at once for both of you, with its moments and clips and every copy. Nobody can bring it back. What you agreed, the rounds and the notes stay.",
        yes: "Take it back and delete the film",
        no: "Leave it as it is",
        grave: true,
      }));
    if (sure) say(false);
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={meeting.film ? "The film of this meeting" : "Film this meeting?"}
    >
      <div className={classes.dialog}>
        <p>
          Some coaches look at their own coaching on film. It happens only if you both say yes, each on your
          own log-in. You two can watch it, and so can whoever coaches the one of you whose film it is. Either
          of you can take the yes back at any time, and the film is gone.
        </p>
        <ul className={classes.people}>
          {[meeting.coachee, meeting.coach].map((person) => {
            const yes = meeting.consents.some((one) => one.person.id === person.id);
            return (
              <li key={person.id}>
                <b>{person.id === me.id ? "You" : firstName(person.name)}</b>
                <span>{yes ? "said yes" : person.id === me.id ? "haven’t said yes" : "hasn’t said yes"}</span>
              </li>
            );
          })}
        </ul>
        {meeting.film && !linked && (
          <Anchor
            renderRoot={(props) => (
              <Link to="/meetings/$id/observed" params={{ id: meeting.id }} {...props} />
            )}
          >
            Watch the film of this meeting
          </Anchor>
        )}
        {meeting.may_be_filmed && !meeting.film && meeting.rights.run && (
          <>
            <p>You both said yes. A phone on a shelf beside you sees you two best.</p>
            <AddFilm
              meeting={meeting}
              title={`${firstName(meeting.coachee.name)} and ${firstName(meeting.coach.name)}`}
            />
          </>
        )}
      </div>
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        {mine ? (
          <Button variant="light" color="red" loading={consent.isPending} onClick={() => void takeBack()}>
            Take my yes back
          </Button>
        ) : (
          <Button loading={consent.isPending} onClick={() => say(true)}>
            Yes, you may film me
          </Button>
        )}
      </DialogActions>
    </Modal>
  );
}
