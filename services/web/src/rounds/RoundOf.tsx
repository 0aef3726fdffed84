import { Anchor, Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { sentence } from "~/api/problem";
import type { Video } from "~/api/types";
import { useMe } from "~/people/session";
import { roundsQuery, useAddRound } from "~/rounds/api";
import { CameBack } from "~/videos/CameBack";
import classes from "./RoundOf.module.css";

/** On a rehearsal’s own page: the go it belongs to, and what both said about it. */
export function RoundOf({ video }: { video: Video }) {
  const me = useMe();
  const mine = video.owner.id === me.id;
  return (
    <>
      {video.purpose === "rehearsal" && video.action_step && video.rights.mark && (
        <Go video={video} step={video.action_step} mine={mine} />
      )}
      {mine && <CameBack video={video.id} />}
    </>
  );
}

function Go({ video, step, mine }: { video: Video; step: string; mine: boolean }) {
  const { data: rounds } = useQuery(roundsQuery(step));
  const navigate = useNavigate();
  const add = useAddRound(step);
  if (!rounds) return null;
  const round = rounds.find((one) => one.video?.id === video.id);
  if (!round && !mine) return null;
  return (
    <p className={classes.go}>
      {round ? (
        <Anchor renderRoot={(props) => <Link to="/rounds/$id" params={{ id: round.id }} {...props} />}>
          {round.kind === "rehearsal" ? `Go ${round.number}` : "The model"}: what you saw
        </Anchor>
      ) : (
        <Button
          variant="light"
          loading={add.isPending}
          onClick={() =>
            add.mutate(
              { kind: "rehearsal", video: video.id },
              {
                onSuccess: ({ id }) => void navigate({ to: "/rounds/$id", params: { id } }),
                onError: (error) =>
                  notifications.show({ color: "red", title: "That didn’t work", message: sentence(error) }),
              },
            )
          }
        >
          Say what you saw
        </Button>
      )}
      <Anchor
        renderRoot={(props) => (
          <Link to="/action-steps/$id/compare" params={{ id: step }} search={{ take: video.id }} {...props} />
        )}
      >
        Compare with the model
      </Anchor>
    </p>
  );
}
