import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconVideoPlus } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { sentence } from "~/api/problem";
import type { ActionStep } from "~/api/types";
import { openCamera } from "~/filming/opened";
import { canFilmHere } from "~/filming/support";
import { useAddRound } from "~/rounds/api";

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
  const { mutateAsync: add } = useAddRound(step.id);
  return () => {
    let latest: string | undefined;
    let isClosed = false;
    const show = () => {
      if (isClosed && latest) void navigate({ to: "/rounds/$id", params: { id: latest } });
    };
    openCamera({
      wishes: { purpose: "rehearsal", actionStep: step.id },
      title: step.action,
      criteria: step.criteria.map(({ text }) => text),
      // Its round is made once the film is known: a camera that was closed again leaves nothing behind.
      onFilmed: (video) =>
        void add({ kind: "rehearsal", video })
          .then(({ id }) => {
            latest = id;
            show();
          })
          .catch((error) => notifications.show({ title: "Your film is safe", message: sentence(error) })),
      onClose: () => {
        isClosed = true;
        show();
      },
    });
  };
}
