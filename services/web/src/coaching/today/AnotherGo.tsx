import { Button } from "@mantine/core";
import { IconVideoPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ActionStep } from "~/api/types";
import { openCamera } from "~/filming/opened";
import { canFilmHere } from "~/filming/support";
import { roundsQuery } from "~/rounds/api";

interface AnotherGoProps {
  step: Pick<ActionStep, "id" | "action" | "criteria">;
  label: string;
  className?: string | undefined;
  variant?: "filled" | "default";
}

/** The camera at one press; then the page of that go, to look at it and say what one saw. */
export function AnotherGo({ step, label, className, variant = "filled" }: AnotherGoProps) {
  const film = useFilmGo(step);
  const look = {
    size: "lg",
    variant,
    className,
    leftSection: <IconVideoPlus size={24} aria-hidden="true" />,
  } as const;
  if (!canFilmHere()) {
    return (
      <Button {...look} renderRoot={(props) => <Link to="/film" search={{ step: step.id }} {...props} />}>
        {label}
      </Button>
    );
  }
  return (
    <Button {...look} onClick={film}>
      {label}
    </Button>
  );
}

function useFilmGo(step: AnotherGoProps["step"]): () => void {
  const navigate = useNavigate();
  const client = useQueryClient();
  const roundOf = async (video: string) => {
    await online();
    const rounds = await client.fetchQuery({ ...roundsQuery(step.id), staleTime: 0 });
    return rounds.find((round) => round.video?.id === video)?.id;
  };
  return () => {
    let latest: string | undefined;
    let isClosed = false;
    const here = window.location.pathname;
    const show = () => {
      // Whoever has gone elsewhere meanwhile isn’t called back.
      if (!isClosed || !latest || window.location.pathname !== here) return;
      void navigate({ to: "/rounds/$id", params: { id: latest } });
    };
    openCamera({
      wishes: { purpose: "rehearsal", actionStep: step.id },
      title: step.action,
      criteria: step.criteria.map(({ text }) => text),
      onFilmed: (video) =>
        void roundOf(video)
          .then((round) => {
            latest = round;
            show();
          })
          .catch(() => undefined),
      onClose: () => {
        isClosed = true;
        show();
      },
    });
  };
}

/** Resolves when there is a network: at once, usually. */
function online(): Promise<void> {
  if (navigator.onLine) return Promise.resolve();
  return new Promise((resolve) => window.addEventListener("online", () => resolve(), { once: true }));
}
